import type { VNode } from 'preact';
import { PostForm } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';

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
  const { branding, words } = frame;
  const clinic = <Name of={branding.clinicName} />;
  const appName = app === null ? null : <Name of={app.name} />;
  return (
    <Layout title={words.say('logout.title')} frame={frame}>
      <h1>{words.say('logout.title')}</h1>
      <p class="lead">
        {appName === null ? words.show('logout.unasked', { clinic }) : words.show('logout.asked', { clinic, app: appName })}
      </p>
      {person !== null && <p class="person">{words.show('common.person', { person: <Name of={person.displayName} /> })}</p>}
      <p>{appName === null ? words.say('logout.effect') : words.show('logout.appEffect', { app: appName })}</p>
      <PostForm action={action} csrfToken={csrfToken}>
        {Object.entries(carried).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div class="actions actions-equal">
          <button type="submit" class="button button-secondary" name="decision" value="stay">
            {words.say('logout.stay')}
          </button>
          <button type="submit" class="button button-primary" name="decision" value="sign_out">
            {words.say('logout.signOut')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
