import type { VNode } from 'preact';
import type { WordKey, Words } from '../platform/i18n/words.js';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import type { PasswordRules } from '../users/password-rules.js';
import type { PasswordChangeRefusal } from './password-change.service.js';

/** Why a form was not accepted; `different`: the new password was not typed twice alike. */
export type NewPasswordRefusal = PasswordChangeRefusal | 'different';

/** The form posts `current_password`, `new_password`, `new_password_again`, `revoke_apps` where it is offered, and the CSRF token. */
export interface NewPasswordModel extends PageModel {
  action: string;
  csrfToken: string;
  rules: PasswordRules;
  /** Login name, for password managers. */
  username: string;
  refusals: readonly NewPasswordRefusal[];
  /** Whether the apps of the person may be cut off along with it. */
  offersRevocation: boolean;
}

const SENTENCES = {
  'wrong-current': 'newPassword.wrongCurrent',
  locked: 'newPassword.locked',
  'too-short': 'newPassword.tooShort',
  'too-long': 'newPassword.tooLong',
  'too-simple': 'newPassword.tooSimple',
  unusable: 'newPassword.unusable',
  'used-before': 'newPassword.usedBefore',
  different: 'newPassword.different',
  overtaken: 'newPassword.overtaken',
} as const satisfies Readonly<Record<Exclude<NewPasswordRefusal, 'directory'>, WordKey>>;

const OF_CURRENT: readonly NewPasswordRefusal[] = ['wrong-current', 'locked'];

/** The form on which a new password is set: wanted, or due. */
export function NewPasswordForm(model: NewPasswordModel): VNode {
  const { frame, action, csrfToken, username, refusals } = model;
  const { words } = frame;
  const currentInDoubt = refusals.some((refusal) => OF_CURRENT.includes(refusal));
  const nextInDoubt = refusals.length > 0 && !currentInDoubt;
  return (
    <>
      {refusals.length > 0 && <Refusals {...model} />}
      <Rules rules={model.rules} words={words} />
      <PostForm action={action} csrfToken={csrfToken}>
        <input type="text" name="username" value={username} autocomplete="username" aria-label={username} readonly hidden />
        <Password name="current_password" label={words.say('newPassword.current')} inDoubt={currentInDoubt} kind="current-password" />
        <Password name="new_password" label={words.say('newPassword.next')} inDoubt={nextInDoubt} kind="new-password" />
        <Password name="new_password_again" label={words.say('newPassword.again')} inDoubt={nextInDoubt} kind="new-password" />
        {model.offersRevocation && <Revocation words={words} />}
        <p class="hint">{words.say('newPassword.effect')}</p>
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('newPassword.submit')}
          </button>
        </div>
      </PostForm>
    </>
  );
}

function Refusals({ frame: { words, branding }, refusals }: NewPasswordModel): VNode {
  return (
    <ErrorSummary title={words.say('newPassword.failed')}>
      {refusals.map((refusal) => (
        <span key={refusal} class="reason">
          {refusal === 'directory'
            ? words.show('newPassword.directory', { clinic: <Name of={branding.clinicName} /> })
            : words.say(SENTENCES[refusal])}{' '}
        </span>
      ))}
    </ErrorSummary>
  );
}

function Rules({ rules, words }: { rules: PasswordRules; words: Words }): VNode {
  return (
    <section aria-labelledby="rules" class="rules">
      <h2 id="rules">{words.say('newPassword.rules')}</h2>
      <ul>
        {rules.minimum > 1 && <li>{words.say('newPassword.minimum', { number: rules.minimum })}</li>}
        {rules.maximum > 0 && <li>{words.say('newPassword.maximum', { number: rules.maximum })}</li>}
        {rules.needsKinds && <li>{words.say('newPassword.kinds')}</li>}
        {rules.remembered > 0 && <li>{words.say('newPassword.former')}</li>}
      </ul>
    </section>
  );
}

interface PasswordModel {
  name: string;
  label: string;
  inDoubt: boolean;
  kind: 'current-password' | 'new-password';
}

function Password({ name, label, inDoubt, kind }: PasswordModel): VNode {
  return <TextField name={name} label={label} inDoubt={inDoubt} input={{ type: 'password', autocomplete: kind, required: true }} />;
}

function Revocation({ words }: { words: Words }): VNode {
  return (
    <div class="remember">
      <label class="check">
        <input type="checkbox" name="revoke_apps" value="1" aria-describedby="revoke-apps-hint" />
        <span>{words.say('newPassword.alsoApps')}</span>
      </label>
      <p id="revoke-apps-hint" class="hint">
        {words.say('newPassword.alsoAppsHint')}
      </p>
    </div>
  );
}
