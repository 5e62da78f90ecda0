import type { VNode } from 'preact';
import type { Words } from '../i18n/words.js';

/** Until when a page can be used: `seconds` from now; a POST of `token` (field `csrf_token`) to `href` gives more time. */
export interface PageExpiry {
  readonly seconds: number;
  readonly href: string;
  readonly token: string;
}

/** Hidden until the script of the pages finds that time runs out. Without the script the page that has expired says how to go on. @see WCAG 2.2 §2.2.1 */
export function IdleWarning({ expiry, words }: { expiry: PageExpiry; words: Words }): VNode {
  return (
    <section
      class="idle"
      aria-labelledby="idle-title"
      data-idle={expiry.seconds}
      data-idle-href={expiry.href}
      data-idle-token={expiry.token}
      data-idle-over={words.say('help.idleOver')}
      hidden
    >
      <div role="alert">
        <h2 id="idle-title">{words.say('help.idleTitle')}</h2>
      </div>
      <p data-idle-lead role="timer" aria-live="off">
        {words.show('help.idleLead', { time: <span data-idle-time></span> })}
      </p>
      <button type="button" class="button button-primary">
        {words.say('help.idleStay')}
      </button>
    </section>
  );
}
