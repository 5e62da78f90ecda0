import type { ClientFacts } from '../client/client-facts.js';
import type { Launch } from '../launch/launch.js';
import { OAuthError, addressedTo } from '../errors/oauth-error.js';
import { checkAudience } from './audience.js';
import { checkCodeChallenge } from './code-challenge.js';
import { type RequestDefaults, type RequestedPrompt, checkPrompt } from './prompt.js';
import { checkRedirectTarget } from './redirect-target.js';
import { checkRequestedScope } from './requested-scope.js';
import { type ResponseType, checkResponseType } from './response-type.js';
import { type SentRequest, getClientId } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';
import type { RedirectTarget } from './target.js';

/** A request that may be acted upon: only `validate` makes one, and `ownRequest` for ourselves. Plain JSON: it is stored while people sign in. */
export interface AuthorizationRequest {
  readonly clientId: string;
  readonly target: RedirectTarget;
  /** Whether the client named redirect_uri: then it must name it again for the code. RFC 6749 §4.1.3 */
  readonly redirectUriSent: boolean;
  readonly responseType: ResponseType;
  /** S256, base64url; null when the client is confidential and sent none. */
  readonly codeChallenge: string | null;
  /** What may be asked of the person: offered here and registered for the client. */
  readonly scope: readonly string[];
  /** As sent, once each; absent in a request that was stored before it was kept. */
  readonly sentScope?: readonly string[];
  /** What the launch said that the client came with; absent or null without one. */
  readonly launch?: Launch | null;
  /** Base URLs of the APIs that the client named. */
  readonly audience: readonly string[];
  readonly prompt: RequestedPrompt;
  /** To be repeated in the ID token; null when the client sent none. */
  readonly nonce: string | null;
}

/** UTF-8 bytes; it is stored, and repeated in every ID token. */
const LONGEST_NONCE = 1024;

/**
 * Turns parameters as sent into a request which may be acted upon.
 * @param client who `client_id` names; null when nobody
 * @param defaults of that client
 * @throws OAuthError without target until redirect_uri is proven, with target afterwards
 * @see RFC 6749 §4.1.1, §4.1.2.1; OIDC Core §3.1.2.2
 */
export function validate(
  sent: SentRequest,
  client: ClientFacts | null,
  policy: ServerPolicy,
  defaults: RequestDefaults = { acrValues: [] },
): AuthorizationRequest {
  const known = checkClient(sent, client); // RFC 6749 §4.1.1
  const target = checkRedirectTarget(sent, known, policy); // RFC 6749 §3.1.2
  return addressedTo(target, () => {
    sent.checkNoneRepeated(); // RFC 6749 §3.1
    checkNotByReference(sent); // OIDC Core §6
    const responseType = checkResponseType(sent, known); // RFC 6749 §3.1.1
    const codeChallenge = checkCodeChallenge(sent, known, policy); // RFC 7636 §4.4.1
    const { granted: scope, outcomes } = checkRequestedScope(sent, known, policy); // RFC 6749 §3.3
    return {
      clientId: known.clientId,
      target,
      redirectUriSent: sent.one('redirect_uri') !== undefined,
      responseType,
      codeChallenge,
      scope,
      sentScope: outcomes.map((outcome) => outcome.scope),
      audience: checkAudience(sent, policy), // RFC 8707 §2
      prompt: checkPrompt(sent, defaults), // OIDC Core §3.1.2.1
      nonce: checkNonce(sent), // OIDC Core §3.1.2.1
    };
  });
}

/** Neither refusal goes to the client: nobody we trust has vouched for its address. RFC 6749 §4.1.2.1 */
function checkClient(sent: SentRequest, client: ClientFacts | null): ClientFacts {
  const clientId = getClientId(sent);
  // A database may compare without regard to case: the id must be the client's own, character by character.
  if (client?.clientId !== clientId) throw new OAuthError('invalid_client', 'client_id is not known to this server');
  if (!client.isEnabled) {
    throw new OAuthError('unauthorized_client', 'this application cannot be used yet: it waits for approval by an administrator', {
      detail: 'client is not enabled',
    });
  }
  return client;
}

function checkNotByReference(sent: SentRequest): void {
  if (sent.one('request') !== undefined) throw new OAuthError('request_not_supported', 'request objects are not supported');
  if (sent.one('request_uri') !== undefined) throw new OAuthError('request_uri_not_supported', 'request_uri is not supported');
  if (sent.one('registration') !== undefined) throw new OAuthError('registration_not_supported', 'registration is not supported here');
}

function checkNonce(sent: SentRequest): string | null {
  const nonce = sent.one('nonce') ?? null;
  if (nonce !== null && Buffer.byteLength(nonce) > LONGEST_NONCE) {
    throw new OAuthError('invalid_request', `nonce is longer than ${LONGEST_NONCE} bytes`);
  }
  return nonce;
}
