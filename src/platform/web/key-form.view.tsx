import type { ComponentChildren, VNode } from 'preact';
import type { Words } from '../i18n/words.js';
import { CSRF_FIELD } from './form-parts.view.js';

/** Name of the hidden field into which the script puts what a key has answered, as JSON. */
export const CREDENTIAL_FIELD = 'credential';

/** The script that the pages with such a form load. */
export const FACTORS_SCRIPT_NAME = 'factors.js';

/** `options`: address of what the browser needs to ask a key. `ask`: `create` makes a key, `conditional` is for the sign-in page. */
export interface KeyFormModel {
  readonly words: Words;
  readonly action: string;
  readonly options: string;
  readonly csrfToken: string;
  readonly ask: 'create' | 'get' | 'conditional';
  readonly label: string;
  readonly isPrimary?: boolean;
  /** Further fields. */
  readonly children?: ComponentChildren;
}

/** A button that asks for a passkey or security key. It appears where the browser can do that; elsewhere a sentence says why not. */
export function KeyForm({ words, action, options, csrfToken, ask, label, isPrimary = false, children }: KeyFormModel): VNode {
  return (
    <form method="post" action={action} class="form" data-key={ask} data-options={options}>
      <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
      <input type="hidden" name={CREDENTIAL_FIELD} value="" />
      <div class="form" data-part="ready" hidden>
        {children}
        <div class="actions">
          <button type="submit" class={`button ${isPrimary ? 'button-primary' : 'button-secondary'}`}>
            {label}
          </button>
        </div>
      </div>
      <p class="notice notice-error" role="alert" data-part="failed" hidden>
        {words.say('factors.keyNotUsed')}
      </p>
      {ask !== 'conditional' && (
        <>
          <p class="hint" data-part="unsupported" hidden>
            {words.say('factors.keyUnsupported')}
          </p>
          <noscript>
            <p class="hint">{words.say('factors.keyNeedsScript')}</p>
          </noscript>
        </>
      )}
    </form>
  );
}
