import type { VNode } from 'preact';
import { ErrorSummary, Notice, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { FACTORS_SCRIPT_NAME } from '../platform/web/key-form.view.js';
import { PasskeySignIn } from './passkey-sign-in.view.js';
import { Name } from '../platform/web/name.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';
import { Sentence } from '../platform/web/sentence.view.js';

const text = {
  title: 'Sign in',
  failedTitle: 'Error: sign in',
  app: '{app} at {host} asks you to sign in.',
  account: 'Your account at {clinic}',
  failed: 'We could not sign you in',
  failedAdvice: 'Check what you entered and try again. After several failed tries, sign-in pauses for a while.',
  expired: 'This page was open for too long. Please sign in again.',
  role: 'I am signing in as',
  users: 'Clinic staff',
  patient: 'Patient',
  username: 'User name',
  password: 'Password',
  email: 'E-mail address',
  emailHint: 'The address your clinic has for you. Patients only.',
  submit: 'Sign in',
  cancel: 'Cancel',
};

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
  return (
    <Layout title={failed ? text.failedTitle : text.title} frame={frame} {...(model.passkey && { script: FACTORS_SCRIPT_NAME })}>
      <h1>{text.title}</h1>
      {app === null ? (
        <p class="lead">
          <Sentence template={text.account} values={{ clinic: <Name of={frame.branding.clinicName} /> }} />
        </p>
      ) : (
        <RequestingAppLine app={app} template={text.app} />
      )}
      {failed && <ErrorSummary title={text.failed}>{text.failedAdvice}</ErrorSummary>}
      {expired && <Notice>{text.expired}</Notice>}
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        <RoleSwitch roles={model.roles} selected={model.selectedRole} />
        <Credentials {...model} />
        <div class="actions">
          <button type="submit" class="button button-primary">
            {text.submit}
          </button>
          {app !== null && (
            <button type="submit" class="button button-quiet" name="cancel" value="1" formnovalidate>
              {text.cancel}
            </button>
          )}
        </div>
      </PostForm>
      {model.passkey && <PasskeySignIn {...model.passkey} words={frame.words} csrfToken={model.csrfToken} />}
    </Layout>
  );
}

function RoleSwitch({ roles, selected }: { roles: readonly SignInRole[]; selected: SignInRole }): VNode {
  if (roles.length < 2) return <input type="hidden" name="user_role" value={roles[0] ?? selected} />;
  return (
    <fieldset class="switch">
      <legend>{text.role}</legend>
      <div class="switch-choices">
        {roles.map((role) => (
          <label key={role}>
            <input type="radio" name="user_role" value={role} checked={role === selected} />
            <span>{text[role]}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Credentials({ username = '', passkey, roles, emailNeeded, failed }: SignInModel): VNode {
  const nameKnown = username !== '';
  return (
    <>
      <TextField
        name="username"
        label={text.username}
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
        label={text.password}
        inDoubt={failed}
        input={{ type: 'password', autocomplete: 'current-password', required: true, autofocus: !failed && nameKnown }}
      />
      {emailNeeded && roles.includes('patient') && (
        <div class="patients-only">
          <TextField
            name="email"
            label={text.email}
            hint={text.emailHint}
            inDoubt={failed}
            input={{ type: 'email', autocomplete: 'email', required: roles.length === 1 }}
          />
        </div>
      )}
    </>
  );
}
