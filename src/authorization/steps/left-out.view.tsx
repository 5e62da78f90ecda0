import type { VNode } from 'preact';
import type { Words } from '../../platform/i18n/words.js';
import type { ScopeOutcome, ScopeReason } from '../../protocol/scope/scope-outcome.js';

/** A scope that is not granted as it was asked for. */
export type ReducedScope = Exclude<ScopeOutcome, { outcome: 'granted' }>;

const REASONS = {
  malformed: 'consent.reasonNotOffered',
  unknown: 'consent.reasonNotOffered',
  'not-offered': 'consent.reasonNotOffered',
  'not-registered': 'consent.reasonNotRegistered',
  'not-for-role': 'consent.reasonNotForRole',
  'not-provided': 'consent.reasonNotProvided',
} as const satisfies Record<ScopeReason, string>;

/** What the app asked for and does not get, or not all of it, and why: for who wants to know. */
export function LeftOut({ reduced, words }: { reduced: readonly ReducedScope[]; words: Words }): VNode {
  return (
    <details class="left-out">
      <summary>{words.say('consent.leftOut')}</summary>
      <ul>
        {reduced.map((outcome) => (
          <li key={outcome.scope}>
            <code>{outcome.scope}</code>{' '}
            <span class="hint">
              {outcome.outcome === 'narrowed' && `${words.say('consent.leftOutPart')} `}
              {words.say(REASONS[outcome.reason])}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The outcomes of which less is granted than was asked for. */
export function reducedOf(outcomes: readonly ScopeOutcome[]): ReducedScope[] {
  return outcomes.filter((outcome) => outcome.outcome !== 'granted');
}
