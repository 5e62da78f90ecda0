import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { MFA_RULES, type MfaRule } from '../../protocol/mfa/policy.js';
import { SWITCH_NAMES } from '../../protocol/compatibility/switches.js';
import { LimitsEnv } from './limits-env.dto.js';
import { Whole } from './whole.js';

const toList = ({ value }: { value: unknown }): unknown => (typeof value === 'string' ? value.split(/[\s,]+/).filter(Boolean) : value);

/** Whether a role needs a second factor. */
const Rule = (): PropertyDecorator => IsIn(MFA_RULES, { message: 'must be off, optional or required' });

/** Every environment variable Chartkey reads, by its own name, with its default. Lifetimes are seconds. */
export class Env extends LimitsEnv {
  @Whole(0, 65535)
  PORT: number = 3000;

  @IsString()
  HOST: string = '127.0.0.1';

  @IsOptional()
  @IsString()
  PUBLIC_URL?: string;

  @Matches(/^[A-Za-z0-9][A-Za-z0-9.-]{0,62}$/, { message: 'must be a site name of letters, digits, dots and hyphens' })
  SITE: string = 'default';

  @IsOptional()
  @IsString()
  DATABASE_URL?: string;

  @IsString()
  CHARTKEY_DATA_DIR: string = '.data';

  @IsOptional()
  @IsString()
  OPENEMR_SITE_DIR?: string;

  @IsOptional()
  @IsString()
  TLS_CERT_FILE?: string;

  @IsOptional()
  @IsString()
  TLS_KEY_FILE?: string;

  @Transform(toList)
  @IsString({ each: true })
  TRUSTED_PROXIES: string[] = [];

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
    message: 'must be one of fatal, error, warn, info, debug, trace, silent',
  })
  LOG_LEVEL: string = 'info';

  @IsIn(['auto', 'manual'], { message: 'must be auto or manual' })
  CHARTKEY_MIGRATE: 'auto' | 'manual' = 'auto';

  @Whole(1, 1000)
  CHARTKEY_DATABASE_POOL_SIZE: number = 10;

  @Whole(1, 600)
  CHARTKEY_DATABASE_TIMEOUT: number = 10;

  @IsOptional()
  @IsString()
  CHARTKEY_DATABASE_TLS_CA_FILE?: string;

  @Transform(toList)
  @IsString({ each: true })
  CHARTKEY_ALLOWED_HOSTS: string[] = [];

  @IsOptional()
  @IsString()
  CHARTKEY_FHIR_URL?: string;

  @IsString()
  CHARTKEY_EHR_TIME_ZONE: string = 'UTC';

  @Whole(4, 15)
  CHARTKEY_EHR_BCRYPT_COST: number = 10;

  @Whole(5, 600)
  CHARTKEY_CODE_LIFETIME: number = 60;

  @Whole(30, 86_400)
  CHARTKEY_ACCESS_TOKEN_LIFETIME: number = 3600;

  @Whole(30, 3600)
  CHARTKEY_BACKEND_TOKEN_LIFETIME: number = 300;

  @Whole(60, 31_536_000)
  CHARTKEY_REFRESH_TOKEN_LIFETIME: number = 7_776_000;

  @Whole(0, 300)
  CHARTKEY_REFRESH_GRACE: number = 0;

  @IsIn(['own', 'ehr'], { message: 'must be own or ehr' })
  CHARTKEY_REFRESH_TOKEN_FORM: 'own' | 'ehr' = 'own';

  @Whole(60, 604_800)
  CHARTKEY_SESSION_LIFETIME: number = 43_200;

  @IsOptional()
  @Whole(60, 604_800)
  CHARTKEY_SESSION_IDLE?: number;

  @Whole(60, 3600)
  CHARTKEY_INTERACTION_LIFETIME: number = 600;

  @Whole(0, 3650)
  CHARTKEY_SIGN_IN_HISTORY_DAYS: number = 90;

  @IsIn(['change', 'refuse'], { message: 'must be change or refuse' })
  CHARTKEY_EXPIRED_PASSWORD: 'change' | 'refuse' = 'change';

  @Whole(10, 86_400)
  CHARTKEY_CLEANUP_INTERVAL: number = 900;

  @Whole(0, 300)
  CHARTKEY_SHUTDOWN_GRACE: number = 10;

  @Whole(1024, 1_048_576)
  CHARTKEY_BODY_LIMIT: number = 65_536;

  @Whole(1, 100_000)
  CHARTKEY_MAX_IN_FLIGHT: number = 1000;

  @Whole(1, 600)
  CHARTKEY_REQUEST_TIMEOUT: number = 30;

  @IsIn(['open', 'token', 'off'], { message: 'must be open, token or off' })
  CHARTKEY_REGISTRATION: 'open' | 'token' | 'off' = 'open';

  @IsOptional()
  @Matches(/^.{16,}$/, { message: 'must have at least 16 characters' })
  CHARTKEY_REGISTRATION_TOKEN?: string;

  @Rule()
  CHARTKEY_MFA_STAFF: MfaRule = 'optional';

  @Rule()
  CHARTKEY_MFA_ADMINISTRATORS: MfaRule = 'optional';

  @Rule()
  CHARTKEY_MFA_PATIENTS: MfaRule = 'optional';

  @Whole(0, 365)
  CHARTKEY_MFA_GRACE_DAYS: number = 14;

  @Whole(0, 365)
  CHARTKEY_MFA_REMEMBER_DAYS: number = 0;

  @Transform(toList)
  @Matches(/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i, {
    each: true,
    message: 'must list host names, each with a port where one is meant',
  })
  CHARTKEY_JWKS_ALLOWED_HOSTS: string[] = [];

  @Transform(toList)
  @IsIn(SWITCH_NAMES, { each: true, message: `may name these only: ${SWITCH_NAMES.join(', ')}` })
  CHARTKEY_COMPATIBILITY: string[] = [];

  @IsIn(['local', 'on', 'off'], { message: 'must be local, on or off' })
  CHARTKEY_METRICS: 'local' | 'on' | 'off' = 'local';

  @IsOptional()
  @Matches(/^.{16,}$/, { message: 'must have at least 16 characters' })
  CHARTKEY_METRICS_TOKEN?: string;
  @IsIn(['on', 'off'], { message: 'must be on or off' })
  CHARTKEY_SERVE_WITHOUT_API: 'on' | 'off' = 'off';
  @IsOptional()
  @Matches(/^.{12,}$/, { message: 'must have at least 12 characters' })
  CHARTKEY_BUNDLE_PASSPHRASE?: string;

  @IsOptional()
  @IsString()
  CHARTKEY_LOGO_FILE?: string;

  @IsOptional()
  @Matches(/^#[0-9a-f]{6}$/i, { message: 'must be a colour such as #0b5f7d' })
  CHARTKEY_BRAND_COLOUR?: string;

  @IsOptional()
  @Matches(/^[^]{1,500}$/, { message: 'must have at most 500 characters' })
  CHARTKEY_HELP_TEXT?: string;

  @IsIn(['auto', 'on', 'off'], { message: 'must be auto, on or off' })
  CHARTKEY_SWAGGER_CLIENT: 'auto' | 'on' | 'off' = 'auto';

  @IsIn(['auto', 'on', 'off'], { message: 'must be auto, on or off' })
  CHARTKEY_LAUNCH_SIMULATOR: 'auto' | 'on' | 'off' = 'auto';

  @IsIn(['on', 'off'], { message: 'must be on or off' })
  CHARTKEY_SWAGGER: 'on' | 'off' = 'on';
}
