import type { VNode } from 'preact';
import { Layout, type PageModel } from './layout.view.js';

/**
 * A mistake in words. `title`, `explanation` and `advice` are for people; `errorCode` and `errorDescription` are for the client's
 * developer; `referenceId` is the id under which the log has the cause.
 */
export interface ErrorModel extends PageModel {
  title: string;
  explanation: string;
  advice?: string;
  errorCode: string;
  errorDescription: string;
  referenceId: string;
}

/** The page for an error that may not or cannot be sent to a client. @see RFC 6749 §4.1.2.1 */
export function ErrorPage(model: ErrorModel): VNode {
  const { words } = model.frame;
  return (
    <Layout title={model.title} frame={model.frame}>
      <h1>{model.title}</h1>
      <p class="lead">{model.explanation}</p>
      {model.advice !== undefined && (
        <section aria-labelledby="advice">
          <h2 id="advice">{words.say('common.next')}</h2>
          <p>{model.advice}</p>
        </section>
      )}
      <p class="reference">{words.show('common.reference', { id: <code>{model.referenceId}</code> })}</p>
      <details>
        <summary>{words.say('common.technical')}</summary>
        <dl class="facts">
          <dt>{words.say('error.code')}</dt>
          <dd>
            <code>{model.errorCode}</code>
          </dd>
          <dt>{words.say('error.description')}</dt>
          <dd>{model.errorDescription}</dd>
        </dl>
      </details>
    </Layout>
  );
}
