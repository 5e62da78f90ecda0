import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';

const text = {
  title: 'This is already done',
  app: 'Your answer has gone to {app} at {host}.',
  lead: 'There is nothing left to do on this page. You can close it.',
  next: 'What you can do',
  back: 'Go back to the app and carry on there.',
  again: 'If the app did not notice, start again from the app.',
};

/** Shown to whoever returns to a request that was answered: by the back button, in a second tab, or by sending a form twice. */
export function AlreadyAnsweredPage({ frame, app }: PageModel & { app: RequestingApp }): VNode {
  return (
    <Layout title={text.title} frame={frame}>
      <h1>{text.title}</h1>
      <RequestingAppLine app={app} template={text.app} />
      <p>{text.lead}</p>
      <section aria-labelledby="next">
        <h2 id="next">{text.next}</h2>
        <ul>
          <li>{text.back}</li>
          <li>{text.again}</li>
        </ul>
      </section>
    </Layout>
  );
}
