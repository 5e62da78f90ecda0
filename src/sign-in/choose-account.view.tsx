import type { VNode } from 'preact';
import { PostForm } from '../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { RequestingAppLine, type RequestingApp } from '../platform/web/requesting-app.view.js';

/** Who is signed in here already, and where somebody else can sign in. The form posts the CSRF token, and `cancel` for the way out. */
export interface ChooseAccountModel extends PageModel {
  csrfToken: string;
  action: string;
  /** null where the person wants a page of this server. */
  app: RequestingApp | null;
  person: { displayName: string };
  otherAccountHref: string;
}

/** Asks whoever is signed in whether to go on as who they are. @see OIDC Core §3.1.2.1, prompt=select_account */
export function ChooseAccountPage({ frame, csrfToken, action, app, person, otherAccountHref }: ChooseAccountModel): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('signIn.chooseTitle')} frame={frame}>
      <h1>{words.say('signIn.chooseTitle')}</h1>
      {app !== null && <RequestingAppLine app={app} words={words} sentence="requestingApp.signIn" />}
      <PostForm action={action} csrfToken={csrfToken}>
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.show('signIn.continueAs', { person: <Name of={person.displayName} /> })}
          </button>
          <a href={otherAccountHref} class="button button-secondary" aria-describedby="other-hint">
            {words.say('signIn.other')}
          </a>
          <p id="other-hint" class="hint">
            {words.say('signIn.otherHint')}
          </p>
          <button type="submit" class="button button-quiet" name="cancel" value="1">
            {words.say('common.cancel')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}
