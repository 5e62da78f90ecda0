import type { VNode } from 'preact';
import type { WordKey, Words } from '../platform/i18n/words.js';
import type { PageModel } from '../platform/web/layout.view.js';
import type { SignInOutcome } from '../sessions/sign-in-record.entity.js';
import { AccountLayout } from './account-layout.view.js';
import { deviceWords } from './device-words.js';
import { Entry, type EntryFact, Moment, NetworkAddress } from './entry.view.js';

/** An attempt to sign in; `app` names the app that sent the password itself, null for a browser. */
export interface ListedSignIn {
  id: string;
  happenedAt: Date;
  outcome: SignInOutcome;
  amr: readonly string[];
  app: string | null;
  userAgent: string | null;
  address: string | null;
}

export interface HistoryModel extends PageModel {
  signIns: readonly ListedSignIn[];
}

const OUTCOMES = {
  'signed-in': 'accountHistory.signedIn',
  'half-way': 'accountHistory.halfWay',
  'wrong-password': 'accountHistory.wrongPassword',
  'wrong-factor': 'accountHistory.wrongFactor',
  locked: 'accountHistory.locked',
  expired: 'accountHistory.expired',
  refused: 'accountHistory.refused',
} as const satisfies Readonly<Record<SignInOutcome, WordKey>>;

/** The latest sign-ins and attempts. */
export function HistoryPage({ frame, signIns }: HistoryModel): VNode {
  const { words } = frame;
  return (
    <AccountLayout frame={frame} section="history" title={words.say('accountHistory.title')}>
      <p>{words.say(signIns.length === 0 ? 'accountHistory.none' : 'accountHistory.lead')}</p>
      {signIns.length > 0 && (
        <ul class="entries">
          {signIns.map((signIn) => (
            <Entry key={signIn.id} heading={words.say(OUTCOMES[signIn.outcome])} facts={factsOf(words, signIn)} />
          ))}
        </ul>
      )}
    </AccountLayout>
  );
}

function factsOf(words: Words, { happenedAt, amr, app, userAgent, address }: ListedSignIn): EntryFact[] {
  const device = app === null ? deviceWords(words, userAgent) : words.say('accountHistory.byApp', { app });
  return [
    [words.say('accountHistory.when'), <Moment at={happenedAt} text={words.dateTime(happenedAt)} />],
    ...(amr.length > 0 ? [[words.say('accountHistory.how'), wayWords(words, amr)] as const] : []),
    [words.say('accountHistory.from'), device],
    [words.say('accountSessions.address'), <NetworkAddress of={address} />],
  ];
}

/** @param amr RFC 8176 §2; never empty */
function wayWords(words: Words, amr: readonly string[]): string {
  if (!amr.includes('pwd')) return words.say('accountHistory.byKey');
  return words.say(amr.length > 1 ? 'accountHistory.byTwoSteps' : 'accountHistory.byPassword');
}
