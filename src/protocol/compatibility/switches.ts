/** Whose behaviour a switch may change: of one client (or of all, by the server's settings), or of the whole server alone. */
export type SwitchReach = 'client' | 'server';

interface SwitchDefinition {
  readonly reach: SwitchReach;
  /** What a client sees again of the EHR's own server: a sentence without its full stop. */
  readonly restores: string;
  /** What is lost by it: a sentence without its full stop. */
  readonly risk: string;
}

/**
 * Every switch that brings back a behaviour of the EHR's own server. There is none for what would harm others than the client that asks
 * for it: redirects to unregistered addresses, codes that work twice, scopes beyond the registered ones, pages inside frames.
 */
export const COMPATIBILITY_SWITCHES = {
  'token-without-secret': {
    reach: 'client',
    restores:
      'A confidential client may leave its secret out when it exchanges a code, a refresh token or a password; a wrong one is refused',
    risk: 'Whoever gets hold of a code or refresh token of the client can use it: nothing else proves who asks (RFC 6749 §6, §10.4)',
  },
  'public-client-secret': {
    reach: 'client',
    restores: 'A secret that a public client sends is not looked at',
    risk: 'The client takes itself for protected by a secret that proves nothing (RFC 6749 §2.3)',
  },
  'password-without-mfa-token': {
    reach: 'client',
    restores: 'The password grant gives people with a second factor tokens without mfa_token; one that is sent is checked',
    risk: 'A stolen password is enough at this client: the second factor of its people is worth nothing there',
  },
  'unregistered-grants': {
    reach: 'client',
    restores: 'A client may use grant types that it did not register for',
    risk: 'A client can do more than an administrator has seen when approving it (RFC 7591 §2)',
  },
  'ehr-token-errors': {
    reach: 'client',
    restores: 'Errors of the token endpoint have the codes, statuses and texts of the EHR, with the members hint and message',
    risk: 'A hint tells whoever presents a code or refresh token why it was refused; libraries that know RFC 6749 §5.2 misread the codes',
  },
  'ehr-scope-text': {
    reach: 'client',
    restores: 'scope in the answer of the token endpoint leaves out api:oemr, api:fhir and api:port',
    risk: 'The client cannot tell from the answer what it was granted (RFC 6749 §3.3)',
  },
  'ehr-introspection': {
    reach: 'client',
    restores:
      'introspect always answers 200, with active alone for what cannot be looked up, and tells of inactive tokens what it tells of active ones',
    risk: 'The client cannot tell a mistake of its own from a token that has ended (RFC 7662 §2.3)',
  },
  'ehr-claims': {
    reach: 'client',
    restores: 'The ID token has every claim of its scopes: empty texts for unknown ones, address as a text, locale US, *_verified true',
    risk: 'E-mail addresses and telephone numbers pass for verified which nobody has verified: accounts matched by them can be taken over',
  },
  'registration-200': {
    reach: 'server',
    restores: 'registration answers 200, and gives public clients an empty client_secret',
    risk: 'Libraries that know RFC 7591 §3.2.1 may take the registration for a failure, or the empty text for a secret',
  },
  'any-origin': {
    reach: 'server',
    restores: 'Pages of every web origin may read the answers of the endpoints for clients',
    risk: 'A page of anyone can use a token it has come by from the browser of whoever looks at it (RFC 9700 §4.17)',
  },
} as const satisfies Record<string, SwitchDefinition>;

export type CompatibilitySwitch = keyof typeof COMPATIBILITY_SWITCHES;

/** Names of all switches, in the order of the table. */
export const SWITCH_NAMES = Object.keys(COMPATIBILITY_SWITCHES) as readonly CompatibilitySwitch[];

/** Names of those that may be given to one client. */
export const CLIENT_SWITCH_NAMES: readonly CompatibilitySwitch[] = SWITCH_NAMES.filter(
  (name) => COMPATIBILITY_SWITCHES[name].reach === 'client',
);

/** Whether a stored text names a switch that a client may have: rows of a newer or older release may name others. */
export function isClientSwitch(name: string): name is CompatibilitySwitch {
  return (CLIENT_SWITCH_NAMES as readonly string[]).includes(name);
}

const GRANTS_WITHOUT_SECRET: readonly string[] = ['authorization_code', 'refresh_token', 'password'];

/** Whether `token-without-secret` reaches this grant type. In `client_credentials` the client is the one whose rights are used. */
export function mayLackSecret(grantType: string | undefined): boolean {
  return grantType !== undefined && GRANTS_WITHOUT_SECRET.includes(grantType);
}
