import type { ScopeRole } from './role-rules.js';
import type { ScopeIndex } from './scope-index.js';

/** Why a scope is not granted, or not all of it. */
export type ScopeReason =
  /** It has characters that no scope has. */
  | 'malformed'
  /** No scope of this server. */
  | 'unknown'
  /** The EHR's API has no such records, no such way of changing them, or no such search to restrict them by. */
  | 'not-offered'
  /** The client is not registered for it. */
  | 'not-registered'
  /** The EHR's API does not open it to this kind of person or program. */
  | 'not-for-role'
  /** It asks for a context that nobody can choose here, such as a visit. */
  | 'not-provided';

/** What becomes of one requested scope. */
export type ScopeOutcome =
  | { readonly scope: string; readonly outcome: 'granted' }
  /** `to`: what is granted in its place, never more than it opens. */
  | { readonly scope: string; readonly outcome: 'narrowed'; readonly to: readonly string[]; readonly reason: ScopeReason }
  | { readonly scope: string; readonly outcome: 'refused'; readonly reason: ScopeReason };

/** On what it depends what may be granted. */
export interface ScopeGround {
  /** What this server knows: the EHR's list. */
  readonly supported: ScopeIndex;
  /** What the client is registered for. */
  readonly registered: ScopeIndex;
  /** For whom it is; null while that is not known. */
  readonly role: ScopeRole | null;
}
