import type { VNode } from 'preact';
import { Layout } from '../../platform/web/layout.view.js';
import { Name } from '../../platform/web/name.view.js';
import { NewPasswordForm, type NewPasswordModel } from '../../sign-in/new-password.view.js';

/** For somebody who came in with an expired password: nothing goes on before there is a new one. */
export function ExpiredPasswordPage(model: NewPasswordModel & { person: { displayName: string } }): VNode {
  const { frame, person, refusals } = model;
  const { words } = frame;
  const title = words.say(refusals.length > 0 ? 'newPassword.expiredFailedTitle' : 'newPassword.expiredTitle');
  return (
    <Layout title={title} frame={frame}>
      <h1>{words.say('newPassword.expiredTitle')}</h1>
      <p class="lead">{words.show('newPassword.expiredLead', { person: <Name of={person.displayName} /> })}</p>
      <NewPasswordForm {...model} />
    </Layout>
  );
}
