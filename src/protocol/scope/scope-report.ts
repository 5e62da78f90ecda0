import type { ScopeOutcome } from './scope-outcome.js';

/** Outcomes as a line of the log holds them. */
export interface ScopeReport {
  readonly granted: readonly string[];
  /** What was granted in the place of a scope, and why not all of it. */
  readonly narrowed: ReadonlyArray<{ readonly scope: string; readonly to: readonly string[]; readonly reason: string }>;
  readonly refused: ReadonlyArray<{ readonly scope: string; readonly reason: string }>;
}

/** Sorts outcomes by their kind. */
export function reportScopes(outcomes: readonly ScopeOutcome[]): ScopeReport {
  const granted: string[] = [];
  const narrowed: Array<ScopeReport['narrowed'][number]> = [];
  const refused: Array<ScopeReport['refused'][number]> = [];
  for (const outcome of outcomes) {
    if (outcome.outcome === 'granted') granted.push(outcome.scope);
    else if (outcome.outcome === 'narrowed') narrowed.push({ scope: outcome.scope, to: outcome.to, reason: outcome.reason });
    else refused.push({ scope: outcome.scope, reason: outcome.reason });
  }
  return { granted, narrowed, refused };
}

/** Whether less is granted than was asked for. */
export function isReduced(outcomes: readonly ScopeOutcome[]): boolean {
  return outcomes.some(({ outcome }) => outcome !== 'granted');
}
