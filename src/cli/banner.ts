import type { Config } from '../platform/config/config.js';
import { DEMO_PEOPLE } from '../platform/database/embedded/demo-people.js';
import { databaseName } from '../platform/database/open-database.js';
import type { KeyOrigin } from '../platform/ehr/ehr-site.js';
import { redisName } from '../platform/redis/open-redis.js';
import type { RedisState } from '../platform/redis/redis-connection.service.js';
import type { SiteLocation } from '../platform/ehr/site-location.js';
import { LAUNCH_SIMULATOR_PATH } from '../platform/web/launch-simulator-address.js';
import { SWAGGER_PATH } from '../platform/openapi/swagger-address.js';
import { columns } from './output.js';

/** What whoever started the server wants to know. */
export interface StartFacts {
  readonly address: string;
  readonly listensOn: string;
  readonly issuer: string;
  /** null: switched off. */
  readonly swagger: string | null;
  /** null: switched off. */
  readonly launchSimulator: string | null;
  readonly database: string;
  /** Where replicas tell each other of requests that they have counted. */
  readonly limits: string;
  /** Whose keys sign the tokens, and where they are. */
  readonly keys: string;
  /** Empty on a real EHR. */
  readonly demoPeople: ReadonlyArray<{ readonly login: string; readonly password: string; readonly note: string }>;
  /** What must change before real patients are near; empty when nothing must. */
  readonly notForProduction: readonly string[];
}

const KEYS: Readonly<Record<KeyOrigin, string>> = {
  ehr: "the EHR's own",
  imported: "the EHR's own, imported",
  embedded: 'of the demo EHR',
  'stand-in': 'a stand-in',
};

/** Gathers what the banner says. @param keys where the site's keys come from */
export function startFacts(config: Config, keys: SiteLocation, redis: RedisState = 'none'): StartFacts {
  const address = config.publicAddress;
  const isDemo = config.databaseUrl === null;
  return {
    address,
    listensOn: `${config.host.includes(':') ? `[${config.host}]` : config.host}:${config.port}`,
    issuer: config.issuer,
    swagger: config.swagger ? `${address}/${SWAGGER_PATH}` : null,
    launchSimulator: config.launchSimulator ? `${address}/${LAUNCH_SIMULATOR_PATH}` : null,
    database: databaseName(config),
    limits: limitsOf(config, redis),
    demoPeople: isDemo ? DEMO_PEOPLE.map(demoPerson) : [],
    keys: `${KEYS[keys.origin]} (${keys.siteDir})`,
    notForProduction: notForProduction(config, keys.origin),
  };
}

/** The banner in lines. */
export function bannerLines(facts: StartFacts): string[] {
  const { demoPeople, notForProduction } = facts;
  const lines = columns([
    ['Address', `${facts.address} (listens on ${facts.listensOn})`],
    ['Issuer', facts.issuer],
    ['Swagger UI', facts.swagger ?? 'off (CHARTKEY_SWAGGER)'],
    ...(facts.launchSimulator === null ? [] : [['Simulator', facts.launchSimulator]]),
    ['Database', facts.database],
    ['Limits', facts.limits],
    ['Keys', facts.keys],
  ]);
  const people = columns(demoPeople.map(({ login, password, note }) => [login, password, note]));
  return [
    '',
    'Chartkey is ready.',
    '',
    ...indented(lines),
    ...section('Demo people: user name, password', people),
    ...section(
      'Not safe for production',
      notForProduction.map((line) => `- ${line}`),
    ),
    '',
  ];
}

function limitsOf({ requestLimits, redis }: Config, state: RedisState): string {
  if (Object.values(requestLimits).every((limit) => limit === 0)) return 'off (CHARTKEY_RATE_LIMITS)';
  if (redis === null) return 'shared through the database';
  const name = redisName(redis);
  return state === 'ready' ? `shared through ${name}` : `shared through the database, until ${name} answers`;
}

function demoPerson({ login, password, note, totpSecret }: (typeof DEMO_PEOPLE)[number]): StartFacts['demoPeople'][number] {
  return { login, password, note: totpSecret === undefined ? note : `${note} (authenticator secret ${totpSecret})` };
}

function notForProduction(config: Config, keys: KeyOrigin): string[] {
  return [
    ...(config.databaseUrl === null ? ['an embedded demo EHR, whose passwords everybody knows: set DATABASE_URL'] : []),
    ...(config.publicUrl.protocol === 'http:'
      ? ['plain http: set PUBLIC_URL to https://…, with TLS_CERT_FILE and TLS_KEY_FILE or behind a proxy']
      : []),
    ...(keys === 'stand-in'
      ? ['keys of its own, so the EHR refuses its tokens and its secrets stay closed: set OPENEMR_SITE_DIR, or use chartkey keys import']
      : []),
    ...(config.swaggerClient ? ['Swagger UI may sign people in with its built-in client: set CHARTKEY_SWAGGER_CLIENT=off'] : []),
    ...(config.launchSimulator
      ? ['the launch simulator may sign people in with its built-in client: set CHARTKEY_LAUNCH_SIMULATOR=off']
      : []),
  ];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `  ${title}`, ...indented(indented(lines))];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
