import type { VNode } from 'preact';
import { PostForm } from '../../platform/web/form-parts.view.js';
import { FACTORS_SCRIPT_NAME } from '../../platform/web/key-form.view.js';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { Name } from '../../platform/web/name.view.js';
import { AppSetup, KeySetup, SetupFailed, type SetupFailure } from '../../sign-in/factor-setup.view.js';

/** Why the page is shown. `advised` and `told` can be passed over. */
export type EnrolmentReason = 'advised' | 'demanded' | 'demandedByApp' | 'told';

/** `setup` is null where the clinic offers no second factors; `until` is when grace ends. */
export interface EnrolModel extends PageModel {
  csrfToken: string;
  action: string;
  keyOptions: string;
  appName: string;
  reason: EnrolmentReason;
  wasReset: boolean;
  until: Date | null;
  setup: { readonly link: string; readonly secret: string } | null;
  failed: SetupFailure | null;
}

/** Leads somebody without a second factor to one. Posts `code`, or `credential` with `label`; `later` to pass over; `cancel` for the way out. */
export function EnrolPage(model: EnrolModel): VNode {
  const { frame, action, csrfToken, setup, failed } = model;
  const { words, branding } = frame;
  const title = words.say('factors.title');
  return (
    <Layout title={title} frame={frame} script={FACTORS_SCRIPT_NAME}>
      <h1>{title}</h1>
      {model.wasReset && (
        <p class="notice notice-info" role="status">
          {words.show('factors.wasReset', { clinic: <Name of={branding.clinicName} /> })}
        </p>
      )}
      <SetupFailed words={words} failed={failed} />
      <Reason {...model} />
      {setup !== null && (
        <>
          <h2>{words.say('factors.app')}</h2>
          <AppSetup {...{ words, action, csrfToken, failed, ...setup }} />
          <h2>{words.say('factors.keys')}</h2>
          <KeySetup {...{ words, action, csrfToken }} options={model.keyOptions} />
        </>
      )}
      <WayOut {...model} />
    </Layout>
  );
}

function Reason({ frame, reason, until, appName, setup }: EnrolModel): VNode | null {
  const { words, branding } = frame;
  const clinic = <Name of={branding.clinicName} />;
  if (setup === null) return <p class="lead">{words.show('factors.notOffered', { clinic })}</p>;
  if (reason === 'demandedByApp') return <p class="lead">{words.show('factors.demandedByApp', { app: <Name of={appName} /> })}</p>;
  if (reason === 'demanded') return <p class="lead">{words.show('factors.demanded', { clinic })}</p>;
  if (reason === 'advised' && until !== null) {
    const date = <time datetime={until.toISOString()}>{words.date(until)}</time>;
    return <p class="lead">{words.show('factors.advised', { clinic, date })}</p>;
  }
  return <p class="lead">{words.say('factors.optional')}</p>;
}

function WayOut({ frame, reason, action, csrfToken }: EnrolModel): VNode {
  const { words } = frame;
  const canPass = reason === 'advised' || reason === 'told';
  return (
    <PostForm action={action} csrfToken={csrfToken}>
      <div class="actions">
        {canPass && (
          <button type="submit" class="button button-secondary" name="later" value="1">
            {words.say('factors.later')}
          </button>
        )}
        <button type="submit" class="button button-quiet" name="cancel" value="1">
          {words.say('common.cancel')}
        </button>
      </div>
    </PostForm>
  );
}
