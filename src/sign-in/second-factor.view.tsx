import type { VNode } from 'preact';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';
import { Name } from '../platform/web/name.view.js';

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
  const { words } = frame;
  return (
    <Layout title={failed ? words.say('secondFactor.failedTitle') : words.say('secondFactor.title')} frame={frame}>
      <h1>{words.say('secondFactor.title')}</h1>
      {app !== null && <RequestingAppLine app={app} words={words} sentence="requestingApp.signIn" />}
      <p>{words.show('secondFactor.lead', { person: <Name of={person.displayName} /> })}</p>
      {failed && <ErrorSummary title={words.say('secondFactor.failed')}>{words.say('secondFactor.failedAdvice')}</ErrorSummary>}
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        <TextField
          name="mfa_token"
          label={words.say('secondFactor.code')}
          hint={words.say('secondFactor.codeHint')}
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
            {words.say('common.continue')}
          </button>
          <button type="submit" class="button button-quiet" name="cancel" value="1" formnovalidate>
            {words.say('common.cancel')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}

/** For somebody whose only factor is one that this server cannot check: says so, and how to get out of it. Posts `cancel`. */
export function NoUsableFactorPage({ frame, csrfToken, action, app }: Omit<SecondFactorModel, 'person'>): VNode {
  const { branding, words } = frame;
  return (
    <Layout title={words.say('secondFactor.noneTitle')} frame={frame}>
      <h1>{words.say('secondFactor.noneTitle')}</h1>
      <p class="lead">{words.say('secondFactor.noneLead')}</p>
      <p>{words.say('secondFactor.noneWhy')}</p>
      <section aria-labelledby="next">
        <h2 id="next">{words.say('common.next')}</h2>
        <ul>
          <li>{words.say('secondFactor.noneEnrol')}</li>
          <li>{words.show('secondFactor.noneAsk', { clinic: <Name of={branding.clinicName} /> })}</li>
        </ul>
      </section>
      <PostForm action={action} csrfToken={csrfToken}>
        <div class="actions">
          <button type="submit" class="button button-primary" name="cancel" value="1">
            {app === null ? words.say('common.cancel') : words.say('secondFactor.noneCancel')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
