import type { ClientFacts } from '../client/client-facts.js';
import { hintAtScope } from '../compatibility/ehr-token-error.js';
import { OAuthError } from '../errors/oauth-error.js';
import { ENCOUNTER_CONTEXT_SCOPE } from '../launch/launch-context.js';
import type { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';

/** Scopes up to this length are named in a refusal; RFC 6749 has no bound, a readable message does. */
const LONGEST_NAMED_SCOPE = 200;
const NO_SCOPE = 'Specify a scope in the request or set a default scope'; // in the EHR's words

/**
 * The scope which may be asked of the person. What the server does not know is an error of the client; what the client is not registered
 * for is left out, and the token response says so; so is `launch/encounter`, since nobody can choose a visit here.
 * @returns each scope once, in the order sent; never empty
 * @throws OAuthError invalid_scope, also when none is sent: there is no default that would be right for health data
 * @see RFC 6749 §3.3, §4.1.2.1
 */
export function checkRequestedScope(
  sent: Pick<SentRequest, 'one'>,
  client: Pick<ClientFacts, 'scope'>,
  policy: Pick<ServerPolicy, 'supportedScopes'>,
): readonly string[] {
  const requested = new Set((sent.one('scope') ?? '').split(' ').filter((word) => word !== ''));
  if (requested.size === 0) throw new OAuthError('invalid_scope', 'scope is missing: say what the token is for', { hint: NO_SCOPE });
  requested.delete(ENCOUNTER_CONTEXT_SCOPE); // SMART App Launch 2.2, "Requesting context with scopes": the server may not provide it
  for (const scope of requested) checkKnown(scope, policy.supportedScopes);
  const registered = new Set(client.scope);
  const allowed = [...requested].filter((scope) => registered.has(scope));
  if (allowed.length === 0) throw new OAuthError('invalid_scope', 'this client is registered for none of the requested scopes');
  return allowed;
}

function checkKnown(scope: string, supported: ReadonlySet<string>): void {
  if (supported.has(scope)) return;
  if (!/^[\x21\x23-\x5b\x5d-\x7e]+$/.test(scope)) {
    throw new OAuthError('invalid_scope', 'scope has characters that a scope cannot have; scopes are separated by one space'); // RFC 6749 §3.3
  }
  const named = scope.length <= LONGEST_NAMED_SCOPE ? `the scope ${scope}` : 'one of the scopes';
  throw new OAuthError('invalid_scope', `${named} is not known to this server`, { hint: hintAtScope(scope.slice(0, LONGEST_NAMED_SCOPE)) });
}
