import 'reflect-metadata';
import { resolve } from 'node:path';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import type { CompatibilitySwitch } from '../../protocol/compatibility/switches.js';
import { Config, Secret } from './config.js';
import { Env } from './env.dto.js';
import { readRedis, readRequestLimits } from './limit-settings.js';
import { readLogo } from './logo-file.js';

/** Everything that is wrong with the settings, one line each. */
export class ConfigError extends Error {
  constructor(readonly mistakes: readonly string[]) {
    super(
      `the settings have ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:\n${mistakes.map((line) => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/**
 * Turns environment variables into the settings of the process. Empty values count as absent.
 * @param environment as `process.env`
 * @throws ConfigError listing every mistake at once
 */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
  const mistakes = unknownNames(given);
  const env = plainToInstance(Env, Object.fromEntries(Object.entries(given).filter(([name]) => KNOWN.has(name))), {
    exposeDefaultValues: true,
  });
  for (const { property, constraints } of validateSync(env)) {
    mistakes.push(`${property} ${Object.values(constraints ?? {}).join(', ')}`);
    useDefault(env, property); // the rest is read with it, so that its mistakes are found as well
  }
  const config = toConfig(env, mistakes);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return config;
}

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.keys(new Env()),
  'PUBLIC_URL',
  'DATABASE_URL',
  'OPENEMR_SITE_DIR',
  'TLS_CERT_FILE',
  'TLS_KEY_FILE',
  'CHARTKEY_DATABASE_TLS_CA_FILE',
  'REDIS_URL',
  'CHARTKEY_REDIS_TLS_CA_FILE',
  'CHARTKEY_FHIR_URL',
  'CHARTKEY_REGISTRATION_TOKEN',
  'CHARTKEY_METRICS_TOKEN',
  'CHARTKEY_SESSION_IDLE',
  'CHARTKEY_BUNDLE_PASSPHRASE',
  'CHARTKEY_LOGO_FILE',
  'CHARTKEY_BRAND_COLOUR',
  'CHARTKEY_HELP_TEXT',
]);

function useDefault(env: Env, property: string): void {
  const value: unknown = Object.getOwnPropertyDescriptor(new Env(), property)?.value;
  if (value !== undefined) Object.assign(env, { [property]: value });
}

function unknownNames(given: Record<string, unknown>): string[] {
  return Object.keys(given)
    .filter((name) => name.startsWith('CHARTKEY_') && !name.startsWith('CHARTKEY_TEST_') && !KNOWN.has(name))
    .map((name) => `${name} is not a setting of this program`);
}

function toConfig(env: Env, mistakes: string[]): Config {
  const publicUrl = readPublicUrl(env, mistakes);
  const webRoot = publicUrl.pathname.replace(/\/+$/, '');
  const publicAddress = `${publicUrl.origin}${webRoot}`;
  const databaseUrl = readDatabaseUrl(env, mistakes);
  checkTimeZone(env.CHARTKEY_EHR_TIME_ZONE, mistakes);
  if (Boolean(env.TLS_CERT_FILE) !== Boolean(env.TLS_KEY_FILE)) mistakes.push('TLS_CERT_FILE and TLS_KEY_FILE belong together');
  if (env.CHARTKEY_REGISTRATION === 'token' && !env.CHARTKEY_REGISTRATION_TOKEN) {
    mistakes.push('CHARTKEY_REGISTRATION_TOKEN is needed when CHARTKEY_REGISTRATION is token');
  }
  return new Config({
    port: env.PORT,
    host: env.HOST,
    publicUrl,
    publicAddress,
    webRoot,
    issuer: `${publicAddress}/oauth2/${env.SITE}`,
    prefix: `${webRoot}/oauth2/${env.SITE}`.slice(1),
    site: env.SITE,
    fhirUrl: readFhirUrl(env, publicAddress, mistakes),
    databaseUrl: databaseUrl && new Secret(databaseUrl),
    databasePoolSize: env.CHARTKEY_DATABASE_POOL_SIZE,
    databaseTimeout: env.CHARTKEY_DATABASE_TIMEOUT,
    databaseTlsCaFile: env.CHARTKEY_DATABASE_TLS_CA_FILE ?? null,
    dataDir: resolve(env.CHARTKEY_DATA_DIR),
    ehrSiteDir: env.OPENEMR_SITE_DIR ? resolve(env.OPENEMR_SITE_DIR) : null,
    ehrTimeZone: env.CHARTKEY_EHR_TIME_ZONE,
    ehrBcryptCost: env.CHARTKEY_EHR_BCRYPT_COST,
    tls: env.TLS_CERT_FILE && env.TLS_KEY_FILE ? { certFile: env.TLS_CERT_FILE, keyFile: env.TLS_KEY_FILE } : null,
    trustedProxies: env.TRUSTED_PROXIES,
    allowedHosts: env.CHARTKEY_ALLOWED_HOSTS,
    logLevel: env.LOG_LEVEL,
    migrate: env.CHARTKEY_MIGRATE,
    ...lifetimes(env),
    signInHistoryDays: env.CHARTKEY_SIGN_IN_HISTORY_DAYS,
    expiredPassword: env.CHARTKEY_EXPIRED_PASSWORD,
    cleanupInterval: env.CHARTKEY_CLEANUP_INTERVAL,
    shutdownGrace: env.CHARTKEY_SHUTDOWN_GRACE,
    bodyLimit: env.CHARTKEY_BODY_LIMIT,
    maxInFlight: env.CHARTKEY_MAX_IN_FLIGHT,
    requestTimeout: env.CHARTKEY_REQUEST_TIMEOUT,
    registrationMode: env.CHARTKEY_REGISTRATION,
    registrationToken: env.CHARTKEY_REGISTRATION_TOKEN ? new Secret(env.CHARTKEY_REGISTRATION_TOKEN) : null,
    jwksAllowedHosts: env.CHARTKEY_JWKS_ALLOWED_HOSTS.map((host) => host.toLowerCase()),
    mfa: mfaSettings(env),
    compatibility: [...new Set(env.CHARTKEY_COMPATIBILITY)] as CompatibilitySwitch[],
    requestLimits: readRequestLimits(env),
    redis: readRedis(env, mistakes),
    metricsMode: env.CHARTKEY_METRICS,
    metricsToken: env.CHARTKEY_METRICS_TOKEN ? new Secret(env.CHARTKEY_METRICS_TOKEN) : null,
    serveWithoutApi: env.CHARTKEY_SERVE_WITHOUT_API === 'on',
    bundlePassPhrase: env.CHARTKEY_BUNDLE_PASSPHRASE ? new Secret(env.CHARTKEY_BUNDLE_PASSPHRASE) : null,
    ...branding(env, mistakes),
    swagger: env.CHARTKEY_SWAGGER === 'on',
    swaggerClient: isOn(env.CHARTKEY_SWAGGER_CLIENT, databaseUrl),
    launchSimulator: isOn(env.CHARTKEY_LAUNCH_SIMULATOR, databaseUrl),
  });
}

/** `auto`: with the embedded demo EHR only. */
function isOn(setting: 'auto' | 'on' | 'off', databaseUrl: URL | null): boolean {
  return setting === 'auto' ? databaseUrl === null : setting === 'on';
}

type Lifetimes = Pick<
  Config,
  `${'code' | 'accessToken' | 'backendToken' | 'refreshToken' | 'session' | 'interaction'}Lifetime` | RefreshSetting | 'sessionIdle'
>;
type RefreshSetting = 'refreshGrace' | 'refreshTokenForm';

function lifetimes(env: Env): Lifetimes {
  return {
    codeLifetime: env.CHARTKEY_CODE_LIFETIME,
    accessTokenLifetime: env.CHARTKEY_ACCESS_TOKEN_LIFETIME,
    backendTokenLifetime: env.CHARTKEY_BACKEND_TOKEN_LIFETIME,
    refreshTokenLifetime: env.CHARTKEY_REFRESH_TOKEN_LIFETIME,
    refreshGrace: env.CHARTKEY_REFRESH_GRACE,
    refreshTokenForm: env.CHARTKEY_REFRESH_TOKEN_FORM,
    sessionLifetime: env.CHARTKEY_SESSION_LIFETIME,
    sessionIdle: env.CHARTKEY_SESSION_IDLE ?? null,
    interactionLifetime: env.CHARTKEY_INTERACTION_LIFETIME,
  };
}

function branding(env: Env, mistakes: string[]): Pick<Config, 'logo' | 'brandColour' | 'helpText'> {
  return {
    logo: env.CHARTKEY_LOGO_FILE ? readLogo(resolve(env.CHARTKEY_LOGO_FILE), mistakes) : null,
    brandColour: env.CHARTKEY_BRAND_COLOUR?.toLowerCase() ?? null,
    helpText: env.CHARTKEY_HELP_TEXT ?? null,
  };
}

function mfaSettings(env: Env): Config['mfa'] {
  return {
    staff: env.CHARTKEY_MFA_STAFF,
    administrators: env.CHARTKEY_MFA_ADMINISTRATORS,
    patients: env.CHARTKEY_MFA_PATIENTS,
    graceDays: env.CHARTKEY_MFA_GRACE_DAYS,
    rememberDays: env.CHARTKEY_MFA_REMEMBER_DAYS,
  };
}

/** Characters that need no encoding anywhere. @see RFC 3986 §2.3 */
const WEB_ROOT = /^(\/[A-Za-z0-9._~-]+)*\/?$/;
const OWN_PATHS = /^\/(health|metrics|\.well-known)(\/|$)/;

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function readPublicUrl(env: Env, mistakes: string[]): URL {
  const fallback = new URL(`${env.TLS_CERT_FILE ? 'https' : 'http'}://localhost:${env.PORT}`);
  const text = env.PUBLIC_URL;
  if (text === undefined) return fallback;
  if (!URL.canParse(text)) {
    mistakes.push('PUBLIC_URL must be a URL such as https://id.clinic.example');
    return fallback;
  }
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') mistakes.push('PUBLIC_URL must begin with https://');
  if (url.search || url.hash || url.username || url.password || !WEB_ROOT.test(url.pathname)) {
    mistakes.push('PUBLIC_URL must be scheme and host, and a path of plain letters where the EHR is installed under one');
  }
  if (OWN_PATHS.test(url.pathname))
    mistakes.push('PUBLIC_URL must not lie under /health, /metrics or /.well-known, which are addresses of this server');
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    mistakes.push(
      'PUBLIC_URL may use plain http for localhost only: sign-in and tokens need https (serve it with TLS_CERT_FILE or behind a proxy)',
    );
  }
  return url;
}

function readDatabaseUrl(env: Env, mistakes: string[]): URL | null {
  const text = env.DATABASE_URL;
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !['mysql:', 'mariadb:'].includes(url.protocol) || url.pathname.length < 2) {
    mistakes.push('DATABASE_URL must look like mysql://user:password@host:3306/openemr'); // never echoed: it holds a password
    return null;
  }
  return url;
}

function readFhirUrl(env: Env, publicAddress: string, mistakes: string[]): string {
  const text = env.CHARTKEY_FHIR_URL ?? `${publicAddress}/apis/${env.SITE}/fhir`;
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) mistakes.push('CHARTKEY_FHIR_URL must be an http(s) URL');
  return text.replace(/\/+$/, '');
}

function checkTimeZone(zone: string, mistakes: string[]): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    mistakes.push('CHARTKEY_EHR_TIME_ZONE must be an IANA time zone such as America/New_York');
  }
}
