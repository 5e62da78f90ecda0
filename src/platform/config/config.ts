import { inspect } from 'node:util';
import type { MfaPolicy } from '../../protocol/mfa/policy.js';

/** A value that must not be printed: logs and error texts show `***`. */
export class Secret<T> {
  constructor(private readonly value: T) {}

  /** The value itself; call it where it is used, and nowhere else. */
  reveal(): T {
    return this.value;
  }

  toString(): string {
    return '***';
  }

  toJSON(): string {
    return '***';
  }

  [inspect.custom](): string {
    return '***';
  }
}

/** Second factors: whom they are asked of, and for how many days a device is remembered (0: never). */
export interface MfaSettings extends MfaPolicy {
  readonly rememberDays: number;
}

export type RegistrationMode = 'open' | 'token' | 'off';

/** The settings of one process, proven and frozen. Durations are seconds. Injected by class. */
export class Config {
  readonly port!: number;
  readonly host!: string;
  /** Scheme and host that people and clients see; no path. */
  readonly publicUrl!: URL;
  /** `<publicUrl>/oauth2/<site>`, without trailing slash. */
  readonly issuer!: string;
  /** `oauth2/<site>`: the path of every protocol endpoint. */
  readonly prefix!: string;
  readonly site!: string;
  /** The EHR's FHIR base: `fhirUser`, `aud`. Without trailing slash. */
  readonly fhirUrl!: string;
  /** null: the embedded database with the demo EHR. */
  readonly databaseUrl!: Secret<URL> | null;
  readonly databasePoolSize!: number;
  readonly databaseTlsCaFile!: string | null;
  readonly dataDir!: string;
  /** null: the EHR's `sites/<site>` folder is not reachable from here. */
  readonly ehrSiteDir!: string | null;
  /** IANA zone of the EHR's PHP where its own setting is empty. */
  readonly ehrTimeZone!: string;
  /** bcrypt cost of the EHR's PHP where its own setting says DEFAULT. */
  readonly ehrBcryptCost!: number;
  readonly tls!: { readonly certFile: string; readonly keyFile: string } | null;
  readonly trustedProxies!: readonly string[];
  readonly allowedHosts!: readonly string[];
  readonly logLevel!: string;
  readonly migrate!: 'auto' | 'manual';
  readonly codeLifetime!: number;
  readonly accessTokenLifetime!: number;
  readonly refreshTokenLifetime!: number;
  readonly refreshGrace!: number;
  readonly sessionLifetime!: number;
  readonly sessionIdle!: number;
  readonly interactionLifetime!: number;
  /** How long sign-ins are remembered for the person; 0 = none is noted. */
  readonly signInHistoryDays!: number;
  /** What a right but expired password is good for: to set a new one, or for nothing. */
  readonly expiredPassword!: 'change' | 'refuse';
  readonly cleanupInterval!: number;
  readonly shutdownGrace!: number;
  /** Bytes of a request body. */
  readonly bodyLimit!: number;
  readonly registrationMode!: RegistrationMode;
  readonly registrationToken!: Secret<string> | null;
  readonly mfa!: MfaSettings;
  readonly swagger!: boolean;
  readonly swaggerClient!: boolean;

  constructor(values: Config) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}
