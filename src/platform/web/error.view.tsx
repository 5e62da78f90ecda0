import type { VNode } from 'preact';
import { Layout, type PageModel } from './layout.view.js';
import { Sentence } from './sentence.view.js';

const text = {
  next: 'What you can do',
  reference: 'Reference: {id}',
  technical: 'Technical details',
  code: 'Error code',
  description: 'Description',
};

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
  return (
    <Layout title={model.title} frame={model.frame}>
      <h1>{model.title}</h1>
      <p class="lead">{model.explanation}</p>
      {model.advice !== undefined && (
        <section aria-labelledby="advice">
          <h2 id="advice">{text.next}</h2>
          <p>{model.advice}</p>
        </section>
      )}
      <p class="reference">
        <Sentence template={text.reference} values={{ id: <code>{model.referenceId}</code> }} />
      </p>
      <details>
        <summary>{text.technical}</summary>
        <dl class="facts">
          <dt>{text.code}</dt>
          <dd>
            <code>{model.errorCode}</code>
          </dd>
          <dt>{text.description}</dt>
          <dd>{model.errorDescription}</dd>
        </dl>
      </details>
    </Layout>
  );
}
