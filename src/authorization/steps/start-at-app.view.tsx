import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { Name, Sentence } from '../../platform/web/sentence.view.js';

const text = {
  title: 'Start from your app',
  lead: 'You sign in here when an app asks you to. No app has sent you just now.',
  next: 'What you can do',
  open: 'Open the app that you want to use, and choose to sign in with {clinic}.',
  bookmark: 'If you keep a bookmark, keep one of the app, not of this page.',
};

/** For somebody who comes to the sign-in page by itself, perhaps by a bookmark: without an app there is nothing to sign in to. */
export function StartAtAppPage({ branding, language }: PageModel): VNode {
  return (
    <Layout title={text.title} branding={branding} language={language}>
      <h1>{text.title}</h1>
      <p class="lead">{text.lead}</p>
      <section aria-labelledby="next">
        <h2 id="next">{text.next}</h2>
        <ul>
          <li>
            <Sentence template={text.open} values={{ clinic: <Name of={branding.clinicName} /> }} />
          </li>
          <li>{text.bookmark}</li>
        </ul>
      </section>
    </Layout>
  );
}
