import type { ComponentChild, ComponentChildren, VNode } from 'preact';
import { Notice } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';

/** The pages of the account, in the order of the navigation; each has its name in the catalogue `account`. */
export const ACCOUNT_SECTIONS = {
  overview: '/account',
  apps: '/account/apps',
  sessions: '/account/sessions',
  history: '/account/history',
  factors: '/account/factors',
  password: '/account/password',
} as const;
export type AccountSection = keyof typeof ACCOUNT_SECTIONS;

const SECTIONS = Object.entries(ACCOUNT_SECTIONS) as ReadonlyArray<readonly [AccountSection, string]>;

/** `title` heads the page and its window, unless `windowTitle` says more; `notice` tells what was done just before. */
export interface AccountLayoutModel extends PageModel {
  section: AccountSection;
  title: string;
  windowTitle?: string;
  notice?: ComponentChild;
  /** Names an asset to load. */
  script?: string;
  children: ComponentChildren;
}

/** What stands around every page of the account: the way to the others, the heading, and what was done just before. */
export function AccountLayout({ frame, section, title, windowTitle = title, notice, script, children }: AccountLayoutModel): VNode {
  const { words } = frame;
  return (
    <Layout title={windowTitle} frame={frame} width="wide" {...(script !== undefined && { script })}>
      <nav aria-label={words.say('account.title')}>
        <ul class="sections">
          {SECTIONS.map(([name, href]) => (
            <li key={name}>
              <a href={`${frame.branding.rootPath}${href}`} aria-current={name === section ? 'page' : undefined}>
                {words.say(`account.${name}`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <h1>{title}</h1>
      {notice !== undefined && <Notice>{notice}</Notice>}
      {children}
    </Layout>
  );
}
