import type { VNode } from 'preact';
import { PostForm } from '../../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';

/** The form posts the CSRF token: it asks for the same request once more. */
export interface ExpiredModel extends PageModel {
  csrfToken: string;
  action: string;
}

/** Shown to the browser whose request waited for too long. One button starts the same request again. */
export function ExpiredPage({ frame, csrfToken, action }: ExpiredModel): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('error.expiredTitle')} frame={frame}>
      <h1>{words.say('error.expiredTitle')}</h1>
      <p class="lead">{words.say('error.expiredText')}</p>
      <p>{words.say('error.restartAdvice')}</p>
      <PostForm action={action} csrfToken={csrfToken}>
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('error.restart')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
