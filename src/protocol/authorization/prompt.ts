import { OAuthError } from '../errors/oauth-error.js';
import { leastAcr, type ReachableAcr } from '../token/acr.js';
import type { SentRequest } from './sent-request.js';

export const PROMPT_VALUES = ['none', 'login', 'consent', 'select_account'] as const;
export type PromptValue = (typeof PROMPT_VALUES)[number];

/** How the client wishes the person to be met. */
export interface RequestedPrompt {
  /** `none` stands alone. Empty: ask what must be asked. */
  readonly values: readonly PromptValue[];
  /** Seconds since the person last proved who they are; null when any age will do. */
  readonly maxAge: number | null;
  /** Text to begin the sign-in page with. */
  readonly loginHint: string | null;
  /** An ID token, not verified: the person the client expects to meet. */
  readonly idTokenHint: string | null;
  /** BCP 47 tags, the preferred one first. */
  readonly uiLocales: readonly string[];
  /** The authentication context class that the sign-in must reach; null when any will do. */
  readonly leastAcr: ReachableAcr | null;
}

/** What the client registered for requests that do not say. @see OIDC Registration §2 */
export interface RequestDefaults {
  /** `default_acr_values` */
  readonly acrValues: readonly string[];
}

/** UTF-16 units: names and addresses are shorter. */
const LONGEST_LOGIN_HINT = 320;

/**
 * Reads how the client wishes the person to be met.
 * @param defaults hold for what the request leaves out: a value in it, even one that is not known here, takes their place
 * @throws OAuthError invalid_request when `none` does not stand alone, or a value cannot be what it should
 * @see OIDC Core §3.1.2.1
 */
export function checkPrompt(sent: SentRequest, defaults: RequestDefaults): RequestedPrompt {
  return {
    values: checkPromptValues(sent.one('prompt')),
    maxAge: checkMaxAge(sent.one('max_age')),
    loginHint: checkLoginHint(sent.one('login_hint')),
    idTokenHint: sent.one('id_token_hint') ?? null,
    uiLocales: readLocales(sent.one('ui_locales')),
    leastAcr: leastAcr(sent.one('acr_values') ?? defaults.acrValues.join(' ')),
  };
}

function checkPromptValues(prompt: string | undefined): readonly PromptValue[] {
  const words = new Set((prompt ?? '').split(' ').filter((word) => word !== ''));
  if (words.has('none') && words.size > 1) throw new OAuthError('invalid_request', 'prompt=none cannot be combined with another value');
  return PROMPT_VALUES.filter((value) => words.has(value)); // OIDC Core §3.1.2.1: values that are not understood may be ignored
}

function checkMaxAge(maxAge: string | undefined): number | null {
  if (maxAge === undefined) return null;
  if (!/^\d{1,10}$/.test(maxAge)) throw new OAuthError('invalid_request', 'max_age must be a number of seconds');
  return Number(maxAge);
}

function checkLoginHint(hint: string | undefined): string | null {
  if (hint !== undefined && hint.length > LONGEST_LOGIN_HINT) {
    throw new OAuthError('invalid_request', `login_hint is longer than ${LONGEST_LOGIN_HINT} characters`);
  }
  return hint ?? null;
}

/** Tags of `ui_locales`, the preferred one first. A locale that cannot be used is never an error. OIDC Core §3.1.2.1 */
export function readLocales(locales: string | undefined): readonly string[] {
  const tags = (locales ?? '').split(' ').filter((tag) => /^[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,7}$/.test(tag));
  return [...new Set(tags)].slice(0, 16);
}
