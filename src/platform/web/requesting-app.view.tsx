import type { VNode } from 'preact';
import type { Words } from '../i18n/words.js';
import { Name } from './name.view.js';

/** The client as people see it: the name it registered, and the host (or private scheme) that its redirect URI leads to. */
export interface RequestingApp {
  name: string;
  redirectHost: string;
}

/** Sentences that name an app and its host. */
export type AppSentence = 'requestingApp.signIn' | 'consent.app' | 'awaitingApproval.app' | 'alreadyAnswered.app';

/**
 * Who is asking: the app's initial, and a sentence that names app and host. A registered name can claim anything, the host cannot,
 * so a page that asks a person for something shows both.
 * @param sentence one with the gaps `{app}` and `{host}`
 */
export function RequestingAppLine({ app, words, sentence }: { app: RequestingApp; words: Words; sentence: AppSentence }): VNode {
  return (
    <div class="app">
      <span class="app-initial" aria-hidden="true">
        {initialOf(app.name)}
      </span>
      <p>
        {words.show(sentence, {
          app: (
            <strong>
              <Name of={app.name} />
            </strong>
          ),
          host: (
            <bdi class="host" dir="ltr">
              {app.redirectHost}
            </bdi>
          ),
        })}
      </p>
    </div>
  );
}

/** A link that a client registered. Only http and https become links: escaping alone would let `javascript:` through. */
export function ExternalLink({ href, label, words }: { href: string; label: string; words: Words }): VNode {
  return isWebAddress(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {label}
      <span class="visually-hidden"> {words.say('requestingApp.newTab')}</span>
    </a>
  ) : (
    <span>{label}</span>
  );
}

function isWebAddress(address: string): boolean {
  return URL.canParse(address) && ['http:', 'https:'].includes(new URL(address).protocol);
}

function initialOf(name: string): string {
  const first = /[\p{L}\p{N}]/u.exec(name);
  return first === null ? '?' : first[0].toUpperCase();
}
