import { OAuthError } from '../errors/oauth-error.js';
import type { SentParameters } from '../parameters/form.js';

/** The parameters of an authorization request that mean something here; any other is ignored. RFC 6749 §3.1 */
export const AUTHORIZATION_PARAMETERS = [
  'response_type', // RFC 6749 §4.1.1
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'response_mode', // OAuth 2.0 Multiple Response Types §2.1
  'nonce', // OIDC Core §3.1.2.1
  'prompt',
  'max_age',
  'ui_locales',
  'id_token_hint',
  'login_hint',
  'acr_values',
  'request', // OIDC Core §6
  'request_uri',
  'registration', // OIDC Core §7.2.1
  'code_challenge', // RFC 7636 §4.3
  'code_challenge_method',
  'resource', // RFC 8707 §2
  'aud', // SMART App Launch 2.2, "Obtain authorization code"
  'launch',
] as const;
export type AuthorizationParameter = (typeof AUTHORIZATION_PARAMETERS)[number];

/** An authorization request as it arrived: nothing about it is proven. */
export class SentRequest {
  constructor(private readonly parameters: SentParameters) {}

  /**
   * The value of a parameter; undefined when absent or empty.
   * @throws OAuthError invalid_request when it was sent more than once
   * @see RFC 6749 §3.1
   */
  one(name: AuthorizationParameter): string | undefined {
    return this.parameters.one(name);
  }

  /** Every value of a parameter that may be repeated. */
  all(name: AuthorizationParameter): readonly string[] {
    return this.parameters.all(name);
  }

  /**
   * Refuses a request that says the same thing twice, in parameters that are not read otherwise as well.
   * @throws OAuthError invalid_request naming the parameter
   * @see RFC 6749 §3.1; RFC 8707 §2 for the one exception
   */
  checkNoneRepeated(): void {
    for (const name of AUTHORIZATION_PARAMETERS) {
      if (name !== 'resource') this.parameters.one(name);
    }
  }
}

/**
 * Which client the request speaks of: what must be known before anything else can be checked.
 * @throws OAuthError invalid_request when client_id is missing or repeated
 * @see RFC 6749 §4.1.1
 */
export function getClientId(sent: SentRequest): string {
  const clientId = sent.one('client_id');
  if (clientId === undefined) throw new OAuthError('invalid_request', 'client_id is missing');
  return clientId;
}
