import type { MfaPolicy } from '../../protocol/mfa/policy.js';
import type { CompatibilitySwitch } from '../../protocol/compatibility/switches.js';
import type { RequestLimits } from '../throttle/limit-names.js';
import type { Logo } from './logo-file.js';
import type { Secret } from './secret.js';

export { Secret } from './secret.js';

/** Second factors: whom they are asked of, and for how many days a device is remembered (0: never). */
export interface MfaSettings extends MfaPolicy {
  readonly rememberDays: number;
}

/** Where replicas can tell each other things quickly. */
export interface RedisSettings {
  readonly url: Secret<URL>;
  /** Milliseconds for a connection, and for an answer. */
  readonly timeout: number;
  /** What every key begins with. */
  readonly prefix: string;
  /** null: the authorities that Node.js knows. */
  readonly tlsCaFile: string | null;
}

export type RegistrationMode = 'open' | 'token' | 'off';
/** Who may read the metrics: programs of this machine, everyone, nobody. */
export type MetricsMode = 'local' | 'on' | 'off';

/** The settings of one process, proven and frozen. Durations are seconds. Injected by class. */
export class Config {
  readonly port!: number;
  readonly host!: string;
  /** What people and clients see; its path, if it has one, is the EHR's web root. */
  readonly publicUrl!: URL;
  /** The same as text, without trailing slash: what addresses of this server begin with. */
  readonly publicAddress!: string;
  /** The path in it, such as `/openemr`; '' when there is none. */
  readonly webRoot!: string;
  /** `<publicAddress>/oauth2/<site>`, without trailing slash. */
  readonly issuer!: string;
  /** `oauth2/<site>`, after the web root: the path of every protocol endpoint, without leading slash. */
  readonly prefix!: string;
  readonly site!: string;
  /** The EHR's FHIR base: `fhirUser`, `aud`. Without trailing slash. */
  readonly fhirUrl!: string;
  /** null: the embedded database with the demo EHR. */
  readonly databaseUrl!: Secret<URL> | null;
  readonly databasePoolSize!: number;
  /** Seconds. */
  readonly databaseTimeout!: number;
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
  /** Of tokens that a client has for itself (`client_credentials`). */
  readonly backendTokenLifetime!: number;
  readonly refreshTokenLifetime!: number;
  readonly refreshGrace!: number;
  /** `ehr`: refresh tokens are sealed so that the EHR's own server would accept them. */
  readonly refreshTokenForm!: 'own' | 'ehr';
  readonly sessionLifetime!: number;
  /** null: as long as the EHR's own settings say. */
  readonly sessionIdle!: number | null;
  readonly interactionLifetime!: number;
  /** How long sign-ins are remembered for the person; 0 = none is noted. */
  readonly signInHistoryDays!: number;
  /** What a right but expired password is good for: to set a new one, or for nothing. */
  readonly expiredPassword!: 'change' | 'refuse';
  readonly cleanupInterval!: number;
  readonly shutdownGrace!: number;
  /** Bytes of a request body. */
  readonly bodyLimit!: number;
  /** Requests that are answered at the same time. */
  readonly maxInFlight!: number;
  /** Seconds for which a request may take to arrive. */
  readonly requestTimeout!: number;
  readonly registrationMode!: RegistrationMode;
  readonly registrationToken!: Secret<string> | null;
  /** Hosts, in lower case, from which keys of clients may be fetched although their addresses are not public. */
  readonly jwksAllowedHosts!: readonly string[];
  readonly mfa!: MfaSettings;
  /** Behaviours of the EHR's own server that are restored for every client. */
  readonly compatibility!: readonly CompatibilitySwitch[];
  readonly requestLimits!: RequestLimits;
  /** null: replicas meet in the database alone. */
  readonly redis!: RedisSettings | null;
  readonly metricsMode!: MetricsMode;
  /** Opens the metrics to whoever shows it, from anywhere. */
  readonly metricsToken!: Secret<string> | null;
  /** Whether the endpoints answer while the EHR has all of its APIs off. */
  readonly serveWithoutApi!: boolean;
  /** For `chartkey keys export` and `import`; null: it is asked for. */
  readonly bundlePassPhrase!: Secret<string> | null;
  /** Of the clinic, on every page; null: the mark of the product. */
  readonly logo!: Logo | null;
  /** `#rrggbb`; null: the colour of the product. */
  readonly brandColour!: string | null;
  /** Plain text on every page that says where to find help. */
  readonly helpText!: string | null;
  readonly swagger!: boolean;
  readonly swaggerClient!: boolean;
  /** Whether `/launch` is served, and its built-in client may be used. */
  readonly launchSimulator!: boolean;

  constructor(values: Config) {
    Object.assign(this, values);
    Object.freeze(this);
  }
}
