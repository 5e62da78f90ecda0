import type { ComponentChildren, VNode } from 'preact';
import { LANGUAGES } from '../i18n/languages.js';
import { assetHref } from './assets/page-assets.js';
import { IdleWarning } from './idle-warning.view.js';
import { inLanguage } from './language-choice.js';
import { Mark } from './mark.view.js';
import { Name } from './name.view.js';
import type { PageFrame, PageModel } from './page-frame.js';

export type { PageModel } from './page-frame.js';

/** `title` is plain text for the window; `width` suits a form (narrow) or a list (wide); `style` and `script` name assets to load. */
export interface LayoutModel extends PageModel {
  title: string;
  width?: 'narrow' | 'wide';
  style?: string;
  script?: string;
  children: ComponentChildren;
}

/** The document around every page: title, stylesheet, the clinic's name, the ribbon of test data, and the page in `<main>`. */
export function Layout({ title, frame, width = 'narrow', style, script, children }: LayoutModel): VNode {
  const { words } = frame;
  const { clinicName, assetsPath, testData, logoHref, coloursHref, helpText } = frame.branding;
  return (
    <html lang={words.language.tag} dir={words.language.direction}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{words.say('layout.documentTitle', { title, clinic: clinicName })}</title>
        <link rel="stylesheet" href={assetHref(assetsPath, 'chartkey.css')} />
        {style !== undefined && <link rel="stylesheet" href={assetHref(assetsPath, style)} />}
        {coloursHref !== null && <link rel="stylesheet" href={coloursHref} />}
        <link rel="icon" type="image/svg+xml" href={assetHref(assetsPath, 'mark.svg')} />
        <script src={assetHref(assetsPath, 'pages.js')} defer></script>
        {script !== undefined && <script src={assetHref(assetsPath, script)} defer></script>}
      </head>
      <body>
        <header>
          {testData && <p class="ribbon">{words.say('layout.ribbon')}</p>}
          <div class="masthead">
            {logoHref === null ? <Mark ink="var(--on-accent)" /> : <img class="logo" src={logoHref} alt="" />}
            <span class="clinic">
              <Name of={clinicName} />
            </span>
          </div>
        </header>
        <main class={`card card-${width}`}>{children}</main>
        {frame.expiry !== null && <IdleWarning expiry={frame.expiry} words={words} />}
        <footer class="colophon">
          {helpText !== null && (
            <section class="help" aria-labelledby="help">
              <h2 id="help">{words.say('help.title')}</h2>
              <p dir="auto">{helpText}</p>
            </section>
          )}
          <Languages {...frame} />
          <p>{words.show('layout.footer', { clinic: <Name of={clinicName} /> })}</p>
        </footer>
      </body>
    </html>
  );
}

/** Leads to this page in another language. Each name is in its own language, for whoever cannot read this one. @see WCAG 2.2 §3.1.2 */
function Languages({ words, here }: PageFrame): VNode | null {
  if (here === null) return null;
  return (
    <nav aria-label={words.say('layout.languages')}>
      <ul class="languages">
        {LANGUAGES.map(({ tag, name, direction }) => (
          <li key={tag}>
            {tag === words.language.tag ? (
              <span lang={tag} dir={direction} aria-current="true">
                {name}
              </span>
            ) : (
              <a href={inLanguage(here, tag)} lang={tag} dir={direction} hreflang={tag}>
                {name}
              </a>
            )}
          </li>
        ))}
      </ul>
    </nav>
  );
}
