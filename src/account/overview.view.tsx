import type { VNode } from 'preact';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { ACCOUNT_SECTIONS, AccountLayout } from './account-layout.view.js';
import { Moment } from './entry.view.js';

const CARDS = ['apps', 'sessions', 'history', 'factors', 'password'] as const;

/** Whose account it is. `graceUntil` is the last day on which a password works that should have been changed already. */
export interface OverviewModel extends PageModel {
  person: { displayName: string };
  graceUntil: Date | null;
  /** Whether the person has changed their password just before. */
  passwordChanged: boolean;
  signOutHref: string;
}

/** The first page of the account: who is signed in, and what there is to look after. */
export function OverviewPage({ frame, person, graceUntil, passwordChanged, signOutHref }: OverviewModel): VNode {
  const { branding, words } = frame;
  const grace =
    graceUntil === null ? undefined : words.show('account.grace', { date: <Moment at={graceUntil} text={words.date(graceUntil)} /> });
  const notice = passwordChanged ? words.say('account.passwordChanged') : grace;
  return (
    <AccountLayout frame={frame} section="overview" title={words.say('account.title')} {...(notice !== undefined && { notice })}>
      <p class="person">{words.show('common.person', { person: <Name of={person.displayName} /> })}</p>
      <ul class="choices">
        {CARDS.map((name) => (
          <li key={name}>
            <a href={`${branding.rootPath}${ACCOUNT_SECTIONS[name]}`}>{words.say(`account.${name}`)}</a>
            <p class="hint">{words.say(`account.${name}Hint`)}</p>
          </li>
        ))}
        <li>
          <a href={signOutHref}>{words.say('account.signOut')}</a>
        </li>
      </ul>
    </AccountLayout>
  );
}
