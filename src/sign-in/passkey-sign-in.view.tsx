import type { VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';
import { KeyForm } from '../platform/web/key-form.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';

/** Where the answer of a passkey goes, and where what is needed to ask for one comes from. */
export interface PasskeySignInModel {
  readonly action: string;
  readonly options: string;
  readonly csrfToken: string;
}

/** The part of the sign-in page that lets a passkey stand for name and password; shown where the browser can do that. */
export function PasskeySignIn({ words, ...model }: PasskeySignInModel & { words: Words }): VNode {
  return <KeyForm {...model} words={words} ask="conditional" label={words.say('secondFactor.signInWithPasskey')} />;
}

/** Says that a passkey did not let anybody in; `signInHref` leads back. */
export function PasskeyRefusedPage({ frame, signInHref }: PageModel & { signInHref: string }): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('secondFactor.keyFailed')} frame={frame}>
      <h1>{words.say('secondFactor.keyFailed')}</h1>
      <p class="lead">{words.say('secondFactor.passkeyRefused')}</p>
      <p class="actions">
        <a class="button button-primary" href={signInHref}>
          {words.say('secondFactor.backToSignIn')}
        </a>
      </p>
    </Layout>
  );
}
