import type { VNode } from 'preact';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { Name, Sentence } from '../platform/web/sentence.view.js';

const text = {
  signedOut: {
    title: 'You are signed out',
    lead: 'You are signed out of {clinic}. Thank you.',
    next: 'On a shared computer, close this window too.',
  },
  stayed: {
    title: 'You are still signed in',
    lead: 'Nothing has changed. You are still signed in to {clinic}.',
    next: 'You can close this window.',
  },
  home: 'Go to the start page',
};

/** How a logout ended. `homeHref` is shown as a link where it is given. */
export interface SignedOutModel extends PageModel {
  outcome: 'signedOut' | 'stayed';
  homeHref?: string;
}

/** The last page of a logout that leads nowhere else. @see OIDC RP-Initiated Logout §3 */
export function SignedOutPage({ branding, language, outcome, homeHref }: SignedOutModel): VNode {
  const { title, lead, next } = text[outcome];
  return (
    <Layout title={title} branding={branding} language={language}>
      <h1>{title}</h1>
      <p class="lead">
        <Sentence template={lead} values={{ clinic: <Name of={branding.clinicName} /> }} />
      </p>
      <p>{next}</p>
      {homeHref !== undefined && (
        <p>
          <a href={homeHref}>{text.home}</a>
        </p>
      )}
    </Layout>
  );
}
