import type { VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import { KeyForm } from '../platform/web/key-form.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { FACTORS_SCRIPT_NAME } from '../platform/web/key-form.view.js';
import { QrCode } from '../platform/web/qr-code.view.js';

/** Why a first code was not right: `clock` when the device's clock is wrong, `gone` when the page had grown too old. */
export type SetupFailure = 'code' | 'clock' | 'gone' | 'key';

/** An authenticator app that is being set up: what the QR code says, and the key in it. */
export interface AppSetupModel {
  readonly words: Words;
  readonly action: string;
  readonly csrfToken: string;
  readonly link: string;
  /** base32. */
  readonly secret: string;
  readonly failed: SetupFailure | null;
}

/** Title and advice for what went wrong. */
export function SetupFailed({ words, failed }: { words: Words; failed: SetupFailure | null }): VNode | null {
  if (failed === null) return null;
  return <ErrorSummary title={words.say(`factors.${failed}Failed`)}>{words.say(`factors.${failed}FailedAdvice`)}</ErrorSummary>;
}

/** Shows the key of an authenticator app as picture, link and text, and takes the first code. Posts `code`. */
export function AppSetup({ words, action, csrfToken, link, secret, failed }: AppSetupModel): VNode {
  return (
    <>
      <p>{words.say('factors.scan')}</p>
      <QrCode text={link} label={words.say('factors.qrCode')} />
      <p>
        {words.say('factors.typeKey')}{' '}
        <code class="setup-key" dir="ltr">
          {inFours(secret)}
        </code>
      </p>
      <p>
        <a href={link}>{words.say('factors.openApp')}</a>
      </p>
      <PostForm action={action} csrfToken={csrfToken}>
        <TextField
          name="code"
          label={words.say('factors.firstCode')}
          hint={words.say('factors.firstCodeHint')}
          inDoubt={failed === 'code' || failed === 'clock'}
          input={{
            type: 'text',
            class: 'code-input',
            inputmode: 'numeric',
            autocomplete: 'one-time-code',
            spellcheck: false,
            maxlength: 64,
            required: true,
          }}
        />
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('factors.setUpApp')}
          </button>
        </div>
      </PostForm>
    </>
  );
}

/** Makes a passkey or takes a security key in. Posts `credential` and `label`. */
export function KeySetup(model: { words: Words; action: string; options: string; csrfToken: string }): VNode {
  const { words } = model;
  return (
    <KeyForm {...model} ask="create" label={words.say('factors.addKey')}>
      <TextField
        name="label"
        label={words.say('factors.keyName')}
        hint={words.say('factors.keyNameHint')}
        input={{ type: 'text', maxlength: 64, autocomplete: 'off', required: true }}
      />
    </KeyForm>
  );
}

/** Recovery codes, which are shown this once. `continueHref` leads on; `clockIsOff`: the app works, and its device's clock should be set. */
export function RecoveryCodesPage(model: PageModel & { codes: readonly string[]; continueHref: string; clockIsOff: boolean }): VNode {
  const { frame, codes, continueHref, clockIsOff } = model;
  const { words } = frame;
  const file = `data:text/plain;charset=utf-8,${encodeURIComponent(`${codes.join('\n')}\n`)}`;
  return (
    <Layout title={words.say('factors.recoveryTitle')} frame={frame} script={FACTORS_SCRIPT_NAME}>
      <h1>{words.say('factors.recoveryTitle')}</h1>
      {clockIsOff && (
        <p class="notice notice-info" role="status">
          {words.say('factors.clockIsOff')}
        </p>
      )}
      <p class="lead">{words.say('factors.recoveryLead')}</p>
      <ol class="recovery-codes" id="recovery-codes" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div class="actions">
        <a class="button button-primary" href={continueHref}>
          {words.say('factors.recoveryKept')}
        </a>
        <a class="button button-secondary" href={file} download="recovery-codes.txt">
          {words.say('factors.download')}
        </a>
        <button type="button" class="button button-secondary" data-copy="recovery-codes" data-copied={words.say('factors.copied')} hidden>
          {words.say('factors.copy')}
        </button>
        <button type="button" class="button button-secondary" data-print="1" hidden>
          {words.say('factors.print')}
        </button>
      </div>
    </Layout>
  );
}

/** `ABCD EFGH …`: as people read and type it. */
function inFours(secret: string): string {
  return secret.replaceAll(/.{4}(?!$)/g, '$& ');
}
