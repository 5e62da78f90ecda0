import type { VNode } from 'preact';
import type { PageModel } from '../platform/web/layout.view.js';
import { AccountLayout } from './account-layout.view.js';
import { deviceWords } from './device-words.js';
import { Entry, Moment, NetworkAddress } from './entry.view.js';

/** Where the person is signed in; `href` leads to the question whether it is to end, and is null for this browser. */
export interface ListedSession {
  sid: string;
  userAgent: string | null;
  address: string | null;
  authTime: Date;
  lastSeenAt: Date;
  href: string | null;
}

/** `ended` says that something was signed out just before. */
export interface SessionsModel extends PageModel {
  sessions: readonly ListedSession[];
  now: Date;
  ended: boolean;
  endAllHref: string;
}

/** Where the person is signed in. */
export function SessionsPage({ frame, sessions, now, ended, endAllHref }: SessionsModel): VNode {
  const { words } = frame;
  const hasOthers = sessions.some(({ href }) => href !== null);
  const notice = ended ? { notice: words.say('accountSessions.done') } : {};
  return (
    <AccountLayout frame={frame} section="sessions" title={words.say('accountSessions.title')} {...notice}>
      <p>{words.say('accountSessions.lead')}</p>
      <ul class="entries">
        {sessions.map((session) => (
          <SessionEntry key={session.sid} frame={frame} session={session} now={now} />
        ))}
      </ul>
      <p>{hasOthers ? <a href={endAllHref}>{words.say('accountSessions.openAll')}</a> : words.say('accountSessions.only')}</p>
    </AccountLayout>
  );
}

function SessionEntry({ frame: { words }, session, now }: PageModel & { session: ListedSession; now: Date }): VNode {
  const device = deviceWords(words, session.userAgent);
  const label = session.href === null ? { label: words.say('accountSessions.here') } : {};
  return (
    <Entry
      heading={device}
      {...label}
      facts={[
        [words.say('accountSessions.signedIn'), <Moment at={session.authTime} text={words.dateTime(session.authTime)} />],
        [words.say('accountSessions.active'), <Moment at={session.lastSeenAt} text={words.relative(session.lastSeenAt, now)} />],
        [words.say('accountSessions.address'), <NetworkAddress of={session.address} />],
      ]}
    >
      {session.href !== null && (
        <p>
          <a href={session.href}>{words.say('accountSessions.open', { device })}</a>
        </p>
      )}
    </Entry>
  );
}
