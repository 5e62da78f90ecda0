import type { ClientFacts } from '../client/client-facts.js';
import { hintAtScope } from '../compatibility/ehr-token-error.js';
import { OAuthError } from '../errors/oauth-error.js';
import { decideScopes, grantedBy } from '../scope/scope-decision.js';
import { ScopeIndex } from '../scope/scope-index.js';
import type { ScopeOutcome, ScopeReason, ScopeGround } from '../scope/scope-outcome.js';
import type { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';

/** Scopes up to this length are named in a refusal; RFC 6749 has no bound, a readable message does. */
const LONGEST_NAMED_SCOPE = 200;
const NO_SCOPE = 'Specify a scope in the request or set a default scope'; // in the EHR's words

/** A scope parameter that may be acted upon. */
export interface RequestedScope {
  /** What is granted at most: once each, in the order sent; never empty. */
  readonly granted: readonly string[];
  /** What became of each scope that was sent. */
  readonly outcomes: readonly ScopeOutcome[];
}

/**
 * The scope which may be asked of the person, or granted to a program. A word that the server does not know is a mistake of the client's; what the client is
 * not registered for and what the EHR does not offer is left out, and the token response says so.
 * @param role for whom it is, where that is known
 * @throws OAuthError invalid_scope, also when none is sent: there is no default that would be right for health data
 * @see RFC 6749 §3.3, §4.1.2.1
 */
export function checkRequestedScope(
  sent: Pick<SentRequest, 'one'>,
  client: Pick<ClientFacts, 'scope'>,
  policy: Pick<ServerPolicy, 'scopes'>,
  role: ScopeGround['role'] = null,
): RequestedScope {
  const requested = (sent.one('scope') ?? '').split(' ').filter((word) => word !== '');
  if (requested.length === 0) throw new OAuthError('invalid_scope', 'scope is missing: say what the token is for', { hint: NO_SCOPE });
  const outcomes = decideScopes(requested, { supported: policy.scopes, registered: new ScopeIndex(client.scope), role });
  const mistake = find(outcomes, 'malformed') ?? find(outcomes, 'unknown');
  if (mistake !== undefined) throw refusalOf(mistake);
  const granted = grantedBy(outcomes);
  if (granted.length > 0) return { granted, outcomes };
  if (find(outcomes, 'not-registered') === undefined) throw refusalOf(find(outcomes, 'not-offered') ?? find(outcomes, 'not-for-role'));
  throw new OAuthError('invalid_scope', 'this client is registered for none of the requested scopes');
}

function find(outcomes: readonly ScopeOutcome[], reason: ScopeReason): ScopeOutcome | undefined {
  return outcomes.find((outcome) => outcome.outcome === 'refused' && outcome.reason === reason);
}

function refusalOf(outcome: ScopeOutcome | undefined): OAuthError {
  if (outcome === undefined) return new OAuthError('invalid_scope', 'nothing of the requested scope can be granted here');
  const { scope } = outcome;
  const reason = 'reason' in outcome ? outcome.reason : null;
  if (reason === 'malformed') {
    return new OAuthError('invalid_scope', 'scope has characters that a scope cannot have; scopes are separated by one space'); // RFC 6749 §3.3
  }
  if (reason === 'not-for-role') return new OAuthError('invalid_scope', 'the requested scopes are not for this kind of person or program');
  const named = scope.length <= LONGEST_NAMED_SCOPE ? `the scope ${scope}` : 'one of the scopes';
  return new OAuthError('invalid_scope', `${named} is not known to this server`, {
    hint: hintAtScope(scope.slice(0, LONGEST_NAMED_SCOPE)),
  });
}
