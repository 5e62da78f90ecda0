import type { VNode } from 'preact';
import type { ErrorPageModel } from '../../protocol/errors/error-response.js';
import type { OAuthErrorCode } from '../../protocol/errors/oauth-error.js';
import { ErrorPage } from './error.view.js';
import type { PageFrame } from './page-frame.js';

interface Words {
  readonly title: string;
  readonly explanation: string;
  readonly advice?: string;
}

const GENERAL: Words = {
  title: 'This request cannot be completed',
  explanation: 'The address that brought you here is incomplete or out of date.',
  advice: 'Go back to the application and start again. If it happens again, tell its makers the reference below.',
};

const WORDS: Readonly<Partial<Record<OAuthErrorCode, Words>>> = {
  invalid_client: {
    title: 'This application is not known here',
    explanation: 'The application that sent you here is not registered with this clinic.',
    advice: 'Check that you opened the right application. Its makers can register it and need the reference below.',
  },
  unauthorized_client: {
    title: 'This application is waiting for approval',
    explanation: 'The application is registered, but an administrator of this clinic has not approved it yet.',
    advice: 'Ask the clinic’s administrator to approve it. Until then it cannot be used.',
  },
  access_denied: { title: 'You cannot do this', explanation: 'You do not have access to this page.' },
  server_error: {
    title: 'Something went wrong here',
    explanation: 'The fault is on our side. Nothing you entered was lost or changed.',
    advice: 'Try again in a minute. If it happens again, tell the clinic’s administrator the reference below.',
  },
  temporarily_unavailable: {
    title: 'We are very busy just now',
    explanation: 'The server could not answer in time. Nothing was lost or changed.',
    advice: 'Wait a moment and try again.',
  },
};

const NOT_FOUND: Words = {
  title: 'There is nothing here',
  explanation: 'The address may be mistyped, or the page may have moved.',
  advice: 'Go back to the application and start again.',
};

const SWITCHED_OFF: Words = {
  title: 'Sign-in for applications is switched off here',
  explanation: 'This clinic does not let applications use its records at present.',
  advice: 'Ask the clinic’s administrator, who can switch its APIs on.',
};

/** The page for an error, in words that fit its code. */
export function errorPage(model: ErrorPageModel, frame: PageFrame): VNode {
  const words = model.status === 404 ? wordsOfAbsence(model) : (WORDS[model.code] ?? GENERAL);
  return ErrorPage({ ...words, frame, errorCode: model.code, errorDescription: model.description, referenceId: model.referenceId });
}

function wordsOfAbsence({ code }: ErrorPageModel): Words {
  return code === 'temporarily_unavailable' ? SWITCHED_OFF : NOT_FOUND;
}
