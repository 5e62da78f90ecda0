import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';
import { Name, Sentence } from '../../platform/web/sentence.view.js';

const text = {
  title: 'This app is waiting for approval',
  app: '{app} at {host}',
  lead: 'An administrator of {clinic} must approve this app before anyone can use it.',
  account: 'Nothing is wrong with your account, and nothing was shared with the app.',
  next: 'What you can do',
  ask: 'Ask an administrator of {clinic} to approve the app. Give them the app identifier below.',
  again: 'When it is approved, open the app again.',
  clientId: 'App identifier',
  reference: 'Reference: {id}',
};

/** A registered client that nobody has enabled yet. `referenceId` is the id under which the log has this visit. */
export interface AwaitingApprovalModel extends PageModel {
  app: RequestingApp;
  clientId: string;
  referenceId: string;
}

/** Shown in place of sign-in, so that nobody types a password for an app that cannot go on. */
export function AwaitingApprovalPage({ frame, app, clientId, referenceId }: AwaitingApprovalModel): VNode {
  const clinic = <Name of={frame.branding.clinicName} />;
  return (
    <Layout title={text.title} frame={frame}>
      <h1>{text.title}</h1>
      <RequestingAppLine app={app} template={text.app} />
      <p class="lead">
        <Sentence template={text.lead} values={{ clinic }} />
      </p>
      <p>{text.account}</p>
      <section aria-labelledby="next">
        <h2 id="next">{text.next}</h2>
        <ul>
          <li>
            <Sentence template={text.ask} values={{ clinic }} />
          </li>
          <li>{text.again}</li>
        </ul>
      </section>
      <dl class="facts">
        <dt>{text.clientId}</dt>
        <dd>
          <code>{clientId}</code>
        </dd>
      </dl>
      <p class="reference">
        <Sentence template={text.reference} values={{ id: <code>{referenceId}</code> }} />
      </p>
    </Layout>
  );
}
