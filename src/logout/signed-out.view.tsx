import type { VNode } from 'preact';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';

/** How a logout ended. `homeHref` is shown as a link where it is given. */
export interface SignedOutModel extends PageModel {
  outcome: 'signedOut' | 'stayed';
  homeHref?: string;
}

/** The last page of a logout that leads nowhere else. @see OIDC RP-Initiated Logout §3 */
export function SignedOutPage({ frame, outcome, homeHref }: SignedOutModel): VNode {
  const { branding, words } = frame;
  const isSignedOut = outcome === 'signedOut';
  const title = words.say(isSignedOut ? 'signedOut.title' : 'signedOut.stayedTitle');
  const clinic = <Name of={branding.clinicName} />;
  return (
    <Layout title={title} frame={frame}>
      <h1>{title}</h1>
      <p class="lead">{words.show(isSignedOut ? 'signedOut.lead' : 'signedOut.stayedLead', { clinic })}</p>
      <p>{words.say(isSignedOut ? 'signedOut.advice' : 'signedOut.stayedAdvice')}</p>
      {homeHref !== undefined && (
        <p>
          <a href={homeHref}>{words.say('signedOut.home')}</a>
        </p>
      )}
    </Layout>
  );
}
