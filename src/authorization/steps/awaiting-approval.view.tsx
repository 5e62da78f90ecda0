import type { VNode } from 'preact';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';
import { Name } from '../../platform/web/name.view.js';

/** A registered client that nobody has enabled yet. `referenceId` is the id under which the log has this visit. */
export interface AwaitingApprovalModel extends PageModel {
  app: RequestingApp;
  clientId: string;
  referenceId: string;
}

/** Shown in place of sign-in, so that nobody types a password for an app that cannot go on. */
export function AwaitingApprovalPage({ frame, app, clientId, referenceId }: AwaitingApprovalModel): VNode {
  const { branding, words } = frame;
  const clinic = <Name of={branding.clinicName} />;
  return (
    <Layout title={words.say('awaitingApproval.title')} frame={frame}>
      <h1>{words.say('awaitingApproval.title')}</h1>
      <RequestingAppLine app={app} words={words} sentence="awaitingApproval.app" />
      <p class="lead">{words.show('awaitingApproval.lead', { clinic })}</p>
      <p>{words.say('awaitingApproval.account')}</p>
      <section aria-labelledby="next">
        <h2 id="next">{words.say('common.next')}</h2>
        <ul>
          <li>{words.show('awaitingApproval.ask', { clinic })}</li>
          <li>{words.say('awaitingApproval.again')}</li>
        </ul>
      </section>
      <dl class="facts">
        <dt>{words.say('awaitingApproval.clientId')}</dt>
        <dd>
          <code>{clientId}</code>
        </dd>
      </dl>
      <p class="reference">{words.show('common.reference', { id: <code>{referenceId}</code> })}</p>
    </Layout>
  );
}
