import { decideRecords } from './record-decision.js';
import { isNamedScopeFor } from './role-rules.js';
import { readWritten } from './scope-index.js';
import type { ScopeGround, ScopeOutcome, ScopeReason } from './scope-outcome.js';

/** Asks for the context of any kind of resource; a server may not provide it. SMART App Launch 2.2 §3.0.3 */
const CONTEXT = /^launch\/[A-Za-z]+$/;

const SCOPE_TOKEN = /^[\x21\x23-\x5B\x5D-\x7E]+$/; // RFC 6749 §3.3

/**
 * Decides what becomes of each requested scope: the one place where scopes are granted.
 * @param requested scope tokens as sent
 * @returns one outcome for each, once, in the order sent
 * @see RFC 6749 §3.3; SMART App Launch 2.2 §3.0.2
 */
export function decideScopes(requested: Iterable<string>, ground: ScopeGround): ScopeOutcome[] {
  return [...new Set(requested)].map((scope) => decideScope(scope, ground));
}

/** The scopes that are granted by such outcomes, once each, in the order of the request. */
export function grantedBy(outcomes: readonly ScopeOutcome[]): string[] {
  return [
    ...new Set(
      outcomes.flatMap((outcome) => {
        if (outcome.outcome === 'granted') return [outcome.scope];
        return outcome.outcome === 'narrowed' ? outcome.to : [];
      }),
    ),
  ];
}

function decideScope(scope: string, ground: ScopeGround): ScopeOutcome {
  if (!SCOPE_TOKEN.test(scope)) return { scope, outcome: 'refused', reason: 'malformed' };
  const written = readWritten(scope);
  if (written !== null) return decideRecords(written, ground);
  const reason = reasonAgainst(scope, ground);
  return reason === null ? { scope, outcome: 'granted' } : { scope, outcome: 'refused', reason };
}

function reasonAgainst(scope: string, { supported, registered, role }: ScopeGround): ScopeReason | null {
  if (!supported.names.has(scope)) return CONTEXT.test(scope) ? 'not-provided' : 'unknown';
  if (!registered.names.has(scope)) return 'not-registered';
  return role === null || isNamedScopeFor(role, scope) ? null : 'not-for-role';
}
