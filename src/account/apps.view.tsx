import type { VNode } from 'preact';
import type { ScopeGroup } from '../consents/scope-sentences.js';
import type { Words } from '../platform/i18n/words.js';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { AccountLayout } from './account-layout.view.js';
import { Entry, type EntryFact, Moment } from './entry.view.js';

/** An app as the list shows it; `href` leads to the question whether its access is to end. */
export interface ListedApp {
  name: string;
  href: string;
  groups: readonly ScopeGroup[];
  since: Date | null;
  lastUsed: Date | null;
  /** null: it has no access at this moment. */
  until: Date | null;
  isRemembered: boolean;
}

/** `revoked` says that access was taken away just before; `revokeAllHref` leads to the question about all apps. */
export interface AppsModel extends PageModel {
  apps: readonly ListedApp[];
  revoked: boolean;
  revokeAllHref: string;
}

/** Apps that may act for the person. */
export function AppsPage({ frame, apps, revoked, revokeAllHref }: AppsModel): VNode {
  const { words } = frame;
  const notice = revoked ? { notice: words.say('accountApps.done') } : {};
  return (
    <AccountLayout frame={frame} section="apps" title={words.say('accountApps.title')} {...notice}>
      <p>{words.say(apps.length === 0 ? 'accountApps.none' : 'accountApps.lead')}</p>
      {apps.length > 0 && (
        <ul class="entries">
          {apps.map((app) => (
            <AppEntry key={app.href} frame={frame} app={app} />
          ))}
        </ul>
      )}
      {apps.length > 1 && (
        <p>
          <a href={revokeAllHref}>{words.say('accountApps.openAll')}</a>
        </p>
      )}
    </AccountLayout>
  );
}

function AppEntry({ frame: { words }, app }: PageModel & { app: ListedApp }): VNode {
  const dated = (label: string, moment: Date | null): EntryFact[] => (moment === null ? [] : [[label, written(words, moment)]]);
  const facts: EntryFact[] = [
    ...dated(words.say('accountApps.since'), app.since),
    ...dated(words.say('accountApps.lastUsed'), app.lastUsed),
    [words.say('accountApps.until'), app.until === null ? words.say('accountApps.now') : written(words, app.until)],
  ];
  return (
    <Entry heading={<Name of={app.name} />} facts={facts}>
      {app.isRemembered && <p class="hint">{words.say('accountApps.remembered')}</p>}
      {app.groups.length > 0 && (
        <details>
          <summary>{words.say('accountApps.what')}</summary>
          <ul>
            {app.groups
              .flatMap(({ lines }) => lines)
              .map(({ scope, sentence }) => (
                <li key={scope}>{sentence}</li>
              ))}
          </ul>
        </details>
      )}
      <p>
        <a href={app.href}>{words.show('accountApps.open', { app: <Name of={app.name} /> })}</a>
      </p>
    </Entry>
  );
}

function written(words: Words, moment: Date): VNode {
  return <Moment at={moment} text={words.dateTime(moment)} />;
}
