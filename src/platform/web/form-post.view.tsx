import type { VNode } from 'preact';
import { Layout, type PageModel } from './layout.view.js';
import { Name } from './name.view.js';

/** Where an answer goes and what it says: `action` is a proven redirect URI, `fields` are the response parameters by wire name. */
export interface FormPostModel extends PageModel {
  action: string;
  appName: string;
  fields: Readonly<Record<string, string>>;
}

/**
 * Delivers an authorization response in the body of a POST. The script asset only presses the button.
 * It offers no other language: asked for again, it has nothing left to deliver.
 * @see OAuth 2.0 Form Post Response Mode §2
 */
export function FormPostPage({ frame, action, appName, fields }: FormPostModel): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('formPost.title')} frame={{ ...frame, here: null }} script="form-post.js">
      <h1>{words.say('formPost.title')}</h1>
      <p class="lead">{words.show('formPost.lead', { app: <Name of={appName} /> })}</p>
      <p>{words.say('formPost.press')}</p>
      <form method="post" action={action} class="form" data-form-post>
        {Object.entries(fields).map(([name, value]) => (
          <input type="hidden" key={name} name={name} value={value} />
        ))}
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('common.continue')}
          </button>
        </div>
      </form>
    </Layout>
  );
}
