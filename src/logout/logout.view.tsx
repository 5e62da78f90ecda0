import type { VNode } from 'preact';
import { PostForm } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { Name, Sentence } from '../platform/web/sentence.view.js';

const text = {
  title: 'Sign out?',
  asked: '{app} asks to sign you out of {clinic}.',
  unasked: 'You are about to sign out of {clinic}.',
  person: 'Signed in as {person}',
  appEffect: 'After that, {app} has no access until you sign in to it again.',
  effect: 'You can sign in again at any time.',
  signOut: 'Sign out',
  stay: 'Stay signed in',
};

/**
 * `app` is the client that asks, null where the person came here alone; `person` is null when nobody is signed in on this browser.
 * `carried` holds hidden fields that the form sends along, by name.
 */
export interface LogoutModel extends PageModel {
  csrfToken: string;
  action: string;
  carried?: Readonly<Record<string, string>>;
  app: { name: string } | null;
  person: { displayName: string } | null;
}

/** Asks before it signs out. The form posts `decision` as `sign_out` or `stay`. @see OIDC RP-Initiated Logout §2 */
export function LogoutPage({ frame, csrfToken, action, carried = {}, app, person }: LogoutModel): VNode {
  const values = { clinic: <Name of={frame.branding.clinicName} />, app: app === null ? '' : <Name of={app.name} /> };
  return (
    <Layout title={text.title} frame={frame}>
      <h1>{text.title}</h1>
      <p class="lead">
        <Sentence template={app === null ? text.unasked : text.asked} values={values} />
      </p>
      {person !== null && (
        <p class="person">
          <Sentence template={text.person} values={{ person: <Name of={person.displayName} /> }} />
        </p>
      )}
      <p>
        <Sentence template={app === null ? text.effect : text.appEffect} values={values} />
      </p>
      <PostForm action={action} csrfToken={csrfToken}>
        {Object.entries(carried).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="actions actions-equal">
          <button type="submit" class="button button-secondary" name="decision" value="stay">
            {text.stay}
          </button>
          <button type="submit" class="button button-primary" name="decision" value="sign_out">
            {text.signOut}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
