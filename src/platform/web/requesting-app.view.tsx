import type { VNode } from 'preact';
import { Name, Sentence } from './sentence.view.js';

const text = {
  opensNewTab: ' (opens in a new tab)',
};

/** The client as people see it: the name it registered, and the host (or private scheme) that its redirect URI leads to. */
export interface RequestingApp {
  name: string;
  redirectHost: string;
}

/**
 * Who is asking: the app's initial, and a sentence that names app and host. A registered name can claim anything, the host cannot,
 * so a page that asks a person for something shows both.
 * @param template sentence with the gaps `{app}` and `{host}`
 */
export function RequestingAppLine({ app, template }: { app: RequestingApp; template: string }): VNode {
  return (
    <div class="app">
      <span class="app-initial" aria-hidden="true">
        {initialOf(app.name)}
      </span>
      <p>
        <Sentence
          template={template}
          values={{
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
          }}
        />
      </p>
    </div>
  );
}

/** A link that a client registered. Only http and https become links: escaping alone would let `javascript:` through. */
export function ExternalLink({ href, label }: { href: string; label: string }): VNode {
  return isWebAddress(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {label}
      <span class="visually-hidden">{text.opensNewTab}</span>
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
