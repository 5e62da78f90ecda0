import type { VNode } from 'preact';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { FACTORS_SCRIPT_NAME, KeyForm } from '../platform/web/key-form.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';
import { Name } from '../platform/web/name.view.js';

/**
 * Who waits for the second step, what they have for it, and where the forms go. `app` is null where no client waits; `isStepUp` says that
 * the person was signed in already. `rememberDays` is 0 where devices are not remembered; `cancelHref` leads back where no client waits.
 */
export interface SecondFactorModel extends PageModel {
  csrfToken: string;
  action: string;
  /** Address of what the browser needs to ask a key; null for who has none. */
  keyOptions: string | null;
  app: RequestingApp | null;
  person: { displayName: string };
  hasApp: boolean;
  isStepUp: boolean;
  rememberDays: number;
  failed: 'code' | 'key' | null;
}

/** The form posts `mfa_token` as typed (spaces and all) or `credential`, `remember`, the CSRF token, and `cancel` for the way out. */
export function SecondFactorPage(model: SecondFactorModel): VNode {
  const { frame, app, person, failed, keyOptions, hasApp } = model;
  const { words, branding } = frame;
  const title = words.say('secondFactor.title');
  return (
    <Layout
      title={failed === null ? title : words.say('secondFactor.failedTitle')}
      frame={frame}
      {...(keyOptions !== null && { script: FACTORS_SCRIPT_NAME })}
    >
      <h1>{title}</h1>
      {app !== null && <RequestingAppLine app={app} words={words} sentence="requestingApp.signIn" />}
      <p>
        {model.isStepUp
          ? words.show('secondFactor.stepUp', { person: <Name of={person.displayName} /> })
          : words.show('secondFactor.lead', { person: <Name of={person.displayName} /> })}
      </p>
      {failed !== null && (
        <ErrorSummary title={words.say(`secondFactor.${failed}Failed`)}>{words.say(`secondFactor.${failed}FailedAdvice`)}</ErrorSummary>
      )}
      {hasApp ? <CodeForm {...model} /> : <KeyPart {...model} isPrimary />}
      {hasApp ? <KeyPart {...model} isPrimary={false} /> : <CodeForm {...model} />}
      <p class="hint">{words.show('secondFactor.help', { clinic: <Name of={branding.clinicName} /> })}</p>
    </Layout>
  );
}

function CodeForm({ frame, action, csrfToken, hasApp, failed, rememberDays }: SecondFactorModel): VNode {
  const { words } = frame;
  return (
    <PostForm action={action} csrfToken={csrfToken}>
      <TextField
        name="mfa_token"
        label={words.say(hasApp ? 'secondFactor.code' : 'secondFactor.recoveryCode')}
        hint={words.say(hasApp ? 'secondFactor.codeHint' : 'secondFactor.recoveryHint')}
        inDoubt={failed === 'code'}
        input={{
          type: 'text',
          class: 'code-input',
          inputmode: hasApp ? 'numeric' : 'text',
          autocomplete: 'one-time-code',
          spellcheck: false,
          maxlength: 64,
          required: true,
          autofocus: failed === null && hasApp,
        }}
      />
      {rememberDays > 0 && <Remember {...{ words, days: rememberDays }} />}
      <div class="actions">
        <button type="submit" class={`button ${hasApp ? 'button-primary' : 'button-secondary'}`}>
          {words.say('common.continue')}
        </button>
        <button type="submit" class="button button-quiet" name="cancel" value="1" formnovalidate>
          {words.say('common.cancel')}
        </button>
      </div>
    </PostForm>
  );
}

function KeyPart({
  frame,
  action,
  csrfToken,
  keyOptions,
  rememberDays,
  isPrimary,
}: SecondFactorModel & { isPrimary: boolean }): VNode | null {
  const { words } = frame;
  if (keyOptions === null) return null;
  return (
    <KeyForm {...{ words, action, csrfToken, isPrimary }} options={keyOptions} ask="get" label={words.say('secondFactor.useKey')}>
      {rememberDays > 0 && <Remember {...{ words, days: rememberDays }} />}
    </KeyForm>
  );
}

function Remember({ words, days }: { words: PageModel['frame']['words']; days: number }): VNode {
  return (
    <label class="check">
      <input type="checkbox" name="remember" value="1" />
      <span>{words.say('secondFactor.remember', { count: days })}</span>
    </label>
  );
}
