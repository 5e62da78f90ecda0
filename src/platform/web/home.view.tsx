import type { VNode } from 'preact';
import { Layout, type PageModel } from './layout.view.js';
import { Name } from './name.view.js';

const LINKS = ['account', 'swagger', 'launch', 'discovery'] as const;

/** `links` holds the address of each page that this server offers; what is absent is not shown. */
export interface HomeModel extends PageModel {
  links: { account?: string; swagger?: string; launch?: string; discovery?: string };
}

/** The start page: says what this server is to somebody who opened its bare address. */
export function HomePage({ frame, links }: HomeModel): VNode {
  const { branding, words } = frame;
  const offered = LINKS.flatMap((name) => {
    const href = links[name];
    return href === undefined ? [] : [{ name, href }];
  });
  return (
    <Layout title={words.say('home.title')} frame={frame}>
      <h1>{words.say('home.title')}</h1>
      <p class="lead">{words.show('home.lead', { clinic: <Name of={branding.clinicName} /> })}</p>
      <p>{words.say('home.arrive')}</p>
      {offered.length > 0 && (
        <nav aria-labelledby="choices">
          <h2 id="choices">{words.say('home.choices')}</h2>
          <ul class="choices">
            {offered.map(({ name, href }) => (
              <li key={name}>
                <a href={href}>{words.say(`home.${name}`)}</a>
                <p class="hint">{words.say(`home.${name}Hint`)}</p>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </Layout>
  );
}
