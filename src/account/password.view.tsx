import type { VNode } from 'preact';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { NewPasswordForm, type NewPasswordModel } from '../sign-in/new-password.view.js';
import { AccountLayout } from './account-layout.view.js';

/** The page on which somebody changes their password because they want to. */
export function PasswordPage(model: NewPasswordModel): VNode {
  const { words } = model.frame;
  const windowTitle = words.say(model.refusals.length > 0 ? 'newPassword.failedTitle' : 'newPassword.title');
  return (
    <AccountLayout frame={model.frame} section="password" title={words.say('newPassword.title')} windowTitle={windowTitle}>
      <NewPasswordForm {...model} />
    </AccountLayout>
  );
}

/** For somebody whose password is in a directory: says where it is changed. */
export function PasswordElsewherePage({ frame }: PageModel): VNode {
  const { words, branding } = frame;
  return (
    <AccountLayout frame={frame} section="password" title={words.say('newPassword.title')}>
      <p>{words.show('newPassword.directory', { clinic: <Name of={branding.clinicName} /> })}</p>
    </AccountLayout>
  );
}
