import type { VNode } from 'preact';
import { Layout, type PageModel } from './layout.view.js';
import { Name, Sentence } from './sentence.view.js';

const text = {
  title: 'Sign-in service',
  lead: 'This address signs people in for {clinic} and lets apps reach its records with their consent.',
  arrive: 'To sign in to an app, open that app. It brings you here when it needs to.',
  choices: 'On this server',
  account: 'Your account',
  accountHint: 'See what has access to your records and how you sign in.',
  swagger: 'API documentation',
  swaggerHint: 'Every address of this server, for developers. You can try them in the page.',
  discovery: 'Discovery document',
  discoveryHint: 'What this server supports, for programs (OpenID Connect Discovery).',
};

const LINKS = ['account', 'swagger', 'discovery'] as const;

/** `links` holds the address of each page that this server offers; what is absent is not shown. */
export interface HomeModel extends PageModel {
  links: { account?: string; swagger?: string; discovery?: string };
}

/** The start page: says what this server is to somebody who opened its bare address. */
export function HomePage({ branding, language, links }: HomeModel): VNode {
  const offered = LINKS.flatMap((name) => {
    const href = links[name];
    return href === undefined ? [] : [{ name, href }];
  });
  return (
    <Layout title={text.title} branding={branding} language={language}>
      <h1>{text.title}</h1>
      <p class="lead">
        <Sentence template={text.lead} values={{ clinic: <Name of={branding.clinicName} /> }} />
      </p>
      <p>{text.arrive}</p>
      {offered.length > 0 && (
        <nav aria-labelledby="choices">
          <h2 id="choices">{text.choices}</h2>
          <ul class="choices">
            {offered.map(({ name, href }) => (
              <li key={name}>
                <a href={href}>{text[name]}</a>
                <p class="hint">{text[`${name}Hint`]}</p>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </Layout>
  );
}
