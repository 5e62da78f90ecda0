import type { ComponentChildren, VNode } from 'preact';
import { assetHref } from './assets/page-assets.js';
import { Mark } from './mark.view.js';
import { Name, Sentence } from './sentence.view.js';

const text = {
  documentTitle: '{title} · {clinic}',
  ribbon: 'Demo data: not for real patients',
  footer: 'Chartkey sign-in service for {clinic}',
};

/** Whose pages these are. `assetsPath` has no trailing slash; `testData` puts a ribbon on every page. */
export interface Branding {
  clinicName: string;
  assetsPath: string;
  testData: boolean;
}

/** Language tag (BCP 47) and writing direction of a page's text. */
export interface PageLanguage {
  tag: string;
  direction: 'ltr' | 'rtl';
}

/** What every page's model has. English, left to right, when no language is given. */
export interface PageModel {
  branding: Branding;
  language?: PageLanguage;
}

/** `title` is plain text for the window; `width` suits a form (narrow) or a list (wide); `script` names an asset to load. */
export interface LayoutModel extends PageModel {
  title: string;
  width?: 'narrow' | 'wide';
  script?: string;
  children: ComponentChildren;
}

/** The document around every page: title, stylesheet, the clinic's name, the ribbon of test data, and the page in `<main>`. */
export function Layout({ title, branding, language, width = 'narrow', script, children }: LayoutModel): VNode {
  const { clinicName, assetsPath, testData } = branding;
  return (
    <html lang={language?.tag ?? 'en'} dir={language?.direction ?? 'ltr'}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>
          <Sentence template={text.documentTitle} values={{ title, clinic: clinicName }} />
        </title>
        <link rel="stylesheet" href={assetHref(assetsPath, 'chartkey.css')} />
        <link rel="icon" type="image/svg+xml" href={assetHref(assetsPath, 'mark.svg')} />
        {script !== undefined && <script src={assetHref(assetsPath, script)} defer></script>}
      </head>
      <body>
        {testData && <p class="ribbon">{text.ribbon}</p>}
        <header class="masthead">
          <Mark ink="var(--on-accent)" />
          <span class="clinic">
            <Name of={clinicName} />
          </span>
        </header>
        <main class={`card card-${width}`}>{children}</main>
        <footer class="colophon">
          <Sentence template={text.footer} values={{ clinic: <Name of={clinicName} /> }} />
        </footer>
      </body>
    </html>
  );
}
