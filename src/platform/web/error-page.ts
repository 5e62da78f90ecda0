import type { VNode } from 'preact';
import type { ErrorPageModel } from '../../protocol/errors/error-response.js';
import type { OAuthErrorCode } from '../../protocol/errors/oauth-error.js';
import type { WordKey } from '../i18n/words.js';
import { ErrorPage } from './error.view.js';
import type { PageFrame } from './page-frame.js';

type ErrorKey = Extract<WordKey, `error.${string}`>;
type Named<Ending extends string> = ErrorKey extends infer Key ? (Key extends `error.${infer Name}${Ending}` ? Name : never) : never;
/** Every mistake that the catalogue has a title for; each has a text, some have advice. */
type Mistake = Exclude<Named<'Title'>, 'expired'>;

const MISTAKES: Readonly<Partial<Record<OAuthErrorCode, Mistake>>> = {
  invalid_client: 'unknownApp',
  unauthorized_client: 'unapproved',
  access_denied: 'denied',
  server_error: 'fault',
  temporarily_unavailable: 'busy',
};

/** The page for an error, in words that fit its code. */
export function errorPage(model: ErrorPageModel, frame: PageFrame): VNode {
  const { words } = frame;
  const mistake = mistakeOf(model);
  return ErrorPage({
    frame,
    title: words.say(`error.${mistake}Title`),
    explanation: words.say(`error.${mistake}Text`),
    ...(mistake !== 'denied' && { advice: words.say(`error.${mistake}Advice`) }),
    errorCode: model.code,
    errorDescription: model.description,
    referenceId: model.referenceId,
  });
}

function mistakeOf(model: ErrorPageModel): Mistake {
  if (model.status === 404) return absenceOf(model);
  return model.status === 429 ? 'tooMany' : (MISTAKES[model.code] ?? 'general');
}

/** Nothing is there, or the EHR has its APIs off. */
function absenceOf({ code }: ErrorPageModel): Mistake {
  return code === 'temporarily_unavailable' ? 'switchedOff' : 'notFound';
}
