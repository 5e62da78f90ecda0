import type { VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';
import { ErrorSummary, Notice, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { FACTORS_SCRIPT_NAME } from '../platform/web/key-form.view.js';
import { PasskeySignIn } from './passkey-sign-in.view.js';
import { Name } from '../platform/web/name.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';

/** Which account store is asked: the EHR's users, or the patients of its portal. Values of the form field `user_role`. */
export type SignInRole = 'users' | 'patient';

/**
 * The form posts `username`, `password`, `user_role`, `email` where it is asked for, the CSRF token, and `cancel` for the way out.
 * `app` is null where no client waits; `failed` stands for every reason alike; `expired` says that the page had grown too old.
 */
export interface SignInModel extends PageModel {
  csrfToken: string;
  action: string;
  /** Where a passkey's answer goes, and what is needed to ask for one comes from; left out where passkeys are not taken. */
  passkey?: { action: string; options: string };
  app: RequestingApp | null;
  username?: string;
  roles: readonly SignInRole[];
  selectedRole: SignInRole;
  emailNeeded: boolean;
  failed: boolean;
  expired?: boolean;
}

/** The sign-in page. @see OIDC Core §3.1.2.3 */
export function SignInPage(model: SignInModel): VNode {
  const { frame, app, failed, expired = false } = model;
  const { words } = frame;
  return (
    <Layout
      title={failed ? words.say('signIn.failedTitle') : words.say('signIn.title')}
      frame={frame}
      {...(model.passkey && { script: FACTORS_SCRIPT_NAME })}
    >
      <h1>{words.say('signIn.title')}</h1>
      {app === null ? (
        <p class="lead">{words.show('signIn.account', { clinic: <Name of={frame.branding.clinicName} /> })}</p>
      ) : (
        <RequestingAppLine app={app} words={words} sentence="requestingApp.signIn" />
      )}
      {failed && <ErrorSummary title={words.say('signIn.failed')}>{words.say('signIn.failedAdvice')}</ErrorSummary>}
      {expired && <Notice>{words.say('signIn.expired')}</Notice>}
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        <RoleSwitch words={words} roles={model.roles} selected={model.selectedRole} />
        <Credentials {...model} />
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('signIn.submit')}
          </button>
          {app !== null && (
            <button type="submit" class="button button-quiet" name="cancel" value="1" formnovalidate>
              {words.say('common.cancel')}
            </button>
          )}
        </div>
      </PostForm>
      {model.passkey && <PasskeySignIn {...model.passkey} words={frame.words} csrfToken={model.csrfToken} />}
    </Layout>
  );
}

function RoleSwitch({ words, roles, selected }: { words: Words; roles: readonly SignInRole[]; selected: SignInRole }): VNode {
  if (roles.length < 2) return <input type="hidden" name="user_role" value={roles[0] ?? selected} />;
  return (
    <fieldset class="switch">
      <legend>{words.say('signIn.role')}</legend>
      <div class="switch-choices">
        {roles.map((role) => (
          <label key={role}>
            <input type="radio" name="user_role" value={role} checked={role === selected} />
            <span>{words.say(`signIn.${role}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Credentials({ frame, username = '', passkey, roles, emailNeeded, failed }: SignInModel): VNode {
  const { words } = frame;
  const nameKnown = username !== '';
  return (
    <>
      <TextField
        name="username"
        label={words.say('signIn.username')}
        inDoubt={failed}
        input={{
          type: 'text',
          value: username,
          autocomplete: passkey ? 'username webauthn' : 'username',
          autocapitalize: 'none',
          spellcheck: false,
          required: true,
          autofocus: !failed && !nameKnown,
        }}
      />
      <TextField
        name="password"
        label={words.say('signIn.password')}
        inDoubt={failed}
        input={{
          type: 'password',
          autocomplete: 'current-password',
          required: true,
          autofocus: !failed && nameKnown,
          'data-show': words.say('signIn.showPassword'),
          'data-hide': words.say('signIn.hidePassword'),
        }}
      />
      {emailNeeded && roles.includes('patient') && (
        <div class="patients-only">
          <TextField
            name="email"
            label={words.say('signIn.email')}
            hint={words.say('signIn.emailHint')}
            inDoubt={failed}
            input={{ type: 'email', autocomplete: 'email', required: roles.length === 1 }}
          />
        </div>
      )}
    </>
  );
}
