import type { VNode } from 'preact';
import { PostForm } from '../platform/web/form-parts.view.js';
import type { PageModel } from '../platform/web/layout.view.js';
import { ACCOUNT_SECTIONS, AccountLayout, type AccountSection } from './account-layout.view.js';

/** `title` asks, `effect` says what follows, `confirm` is the button. The form posts the CSRF token alone. */
export interface ConfirmationModel extends PageModel {
  section: AccountSection;
  title: string;
  effect: string;
  confirm: string;
  action: string;
  csrfToken: string;
}

/** Asks once more before something ends. The way back is a link: nothing happens on it. */
export function ConfirmationPage({ frame, section, title, effect, confirm, action, csrfToken }: ConfirmationModel): VNode {
  return (
    <AccountLayout frame={frame} section={section} title={title}>
      <p>{effect}</p>
      <PostForm action={action} csrfToken={csrfToken}>
        <div class="actions">
          <button type="submit" class="button button-primary">
            {confirm}
          </button>
          <a class="button button-quiet" href={`${frame.branding.rootPath}${ACCOUNT_SECTIONS[section]}`}>
            {frame.words.say('common.cancel')}
          </a>
        </div>
      </PostForm>
    </AccountLayout>
  );
}
