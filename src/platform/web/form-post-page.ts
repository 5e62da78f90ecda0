import type { VNode } from 'preact';
import type { FormPostModel } from '../../protocol/authorization/authorization-response.js';
import { FormPostPage } from './form-post.view.js';
import type { PageFrame } from './page-frame.js';

/** The page that posts an answer to the client. @see OAuth 2.0 Form Post Response Mode §2 */
export function formPostPage(model: FormPostModel, frame: PageFrame): VNode {
  const fields = Object.fromEntries(model.fields);
  return FormPostPage({ frame, action: model.action, appName: new URL(model.action).host, fields });
}
