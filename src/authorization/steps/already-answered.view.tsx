import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';

/** Shown to whoever returns to a request that was answered: by the back button, in a second tab, or by sending a form twice. */
export function AlreadyAnsweredPage({ frame, app }: PageModel & { app: RequestingApp }): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('alreadyAnswered.title')} frame={frame}>
      <h1>{words.say('alreadyAnswered.title')}</h1>
      <RequestingAppLine app={app} words={words} sentence="alreadyAnswered.app" />
      <p>{words.say('alreadyAnswered.lead')}</p>
      <section aria-labelledby="next">
        <h2 id="next">{words.say('common.next')}</h2>
        <ul>
          <li>{words.say('alreadyAnswered.back')}</li>
          <li>{words.say('alreadyAnswered.again')}</li>
        </ul>
      </section>
    </Layout>
  );
}
