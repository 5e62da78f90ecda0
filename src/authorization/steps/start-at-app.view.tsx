import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { Name } from '../../platform/web/name.view.js';

/** For somebody who comes to the sign-in page by itself, perhaps by a bookmark: without an app there is nothing to sign in to. */
export function StartAtAppPage({ frame }: PageModel): VNode {
  const { branding, words } = frame;
  return (
    <Layout title={words.say('startAtApp.title')} frame={frame}>
      <h1>{words.say('startAtApp.title')}</h1>
      <p class="lead">{words.say('startAtApp.lead')}</p>
      <section aria-labelledby="next">
        <h2 id="next">{words.say('common.next')}</h2>
        <ul>
          <li>{words.show('startAtApp.open', { clinic: <Name of={branding.clinicName} /> })}</li>
          <li>{words.say('startAtApp.bookmark')}</li>
        </ul>
      </section>
    </Layout>
  );
}
