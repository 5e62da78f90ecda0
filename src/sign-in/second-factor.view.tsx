import type { VNode } from 'preact';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';
import { Name, Sentence } from '../platform/web/sentence.view.js';

const text = {
  title: 'Enter your code',
  failedTitle: 'Error: enter your code',
  app: '{app} at {host} asks you to sign in.',
  lead: 'Your password was right, {person}. One more step protects your account.',
  code: 'Code from your authenticator app',
  codeHint: 'Six digits. Spaces do not matter.',
  failed: 'That code was not accepted',
  failedAdvice: 'Each code works once and for a short time. Wait for the next one, then enter it here.',
  submit: 'Continue',
  cancel: 'Cancel',
  noneTitle: 'You cannot use your security key here',
  noneLead: 'Your account asks for a second step at sign-in. The only one it has is a security key of an older kind (U2F).',
  noneWhy: 'This page cannot use such keys, and it does not let anyone in without the second step.',
  noneNext: 'What you can do',
  noneEnrol: 'Sign in to the health record itself. Under “MFA Management”, add an authenticator app (TOTP). Then come back.',
  noneAsk: 'If you cannot get in there, ask an administrator of {clinic} to reset your second step.',
  noneCancel: 'Go back to the app',
};

/** Who waits for the second step, and where the form goes; `app` is null where no client waits. */
export interface SecondFactorModel extends PageModel {
  csrfToken: string;
  action: string;
  app: RequestingApp | null;
  person: { displayName: string };
}

/** The form posts `mfa_token` as typed (spaces and all), the CSRF token, and `cancel` for the way out. */
export function SecondFactorPage(model: SecondFactorModel & { failed: boolean }): VNode {
  const { frame, app, person, failed } = model;
  return (
    <Layout title={failed ? text.failedTitle : text.title} frame={frame}>
      <h1>{text.title}</h1>
      {app !== null && <RequestingAppLine app={app} template={text.app} />}
      <p>
        <Sentence template={text.lead} values={{ person: <Name of={person.displayName} /> }} />
      </p>
      {failed && <ErrorSummary title={text.failed}>{text.failedAdvice}</ErrorSummary>}
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        <TextField
          name="mfa_token"
          label={text.code}
          hint={text.codeHint}
          inDoubt={failed}
          input={{
            type: 'text',
            class: 'code-input',
            inputmode: 'numeric',
            autocomplete: 'one-time-code',
            spellcheck: false,
            maxlength: 64,
            required: true,
            autofocus: !failed,
          }}
        />
        <div class="actions">
          <button type="submit" class="button button-primary">
            {text.submit}
          </button>
          <button type="submit" class="button button-quiet" name="cancel" value="1" formnovalidate>
            {text.cancel}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}

/** For somebody whose only factor is one that this server cannot check: says so, and how to get out of it. Posts `cancel`. */
export function NoUsableFactorPage({ frame, csrfToken, action, app }: Omit<SecondFactorModel, 'person'>): VNode {
  return (
    <Layout title={text.noneTitle} frame={frame}>
      <h1>{text.noneTitle}</h1>
      <p class="lead">{text.noneLead}</p>
      <p>{text.noneWhy}</p>
      <section aria-labelledby="next">
        <h2 id="next">{text.noneNext}</h2>
        <ul>
          <li>{text.noneEnrol}</li>
          <li>
            <Sentence template={text.noneAsk} values={{ clinic: <Name of={frame.branding.clinicName} /> }} />
          </li>
        </ul>
      </section>
      <PostForm action={action} csrfToken={csrfToken}>
        <div class="actions">
          <button type="submit" class="button button-primary" name="cancel" value="1">
            {app === null ? text.cancel : text.noneCancel}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
