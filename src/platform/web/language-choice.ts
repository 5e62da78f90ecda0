import { findLanguage } from '../i18n/languages.js';

/** Name of the cookie that keeps the language which a person chose. */
export const LANGUAGE_COOKIE = 'language';

/** Parameter of any page's address that chooses its language. Of our own making, so that no client's parameter is meant. */
export const LANGUAGE_PARAMETER = 'chartkey_language';

/** A language that a person chose, and when. */
export interface LanguageChoice {
  readonly tag: string;
  readonly at: Date;
}

/** @returns null when the cookie holds nothing that we wrote, or a language which is gone */
export function readChoice(cookie: string | null): LanguageChoice | null {
  const [, tag = '', at = ''] = /^([A-Za-z-]{2,16})\.(\d{1,15})$/.exec(cookie ?? '') ?? [];
  return findLanguage(tag) === null ? null : { tag, at: new Date(Number(at)) };
}

/** Value of the cookie. */
export function writeChoice({ tag, at }: LanguageChoice): string {
  return `${tag}.${at.getTime()}`;
}

/** The language that an address chooses; null when it chooses none of ours. @param url path and query */
export function chosenIn(url: string): string | null {
  const tag = new URLSearchParams(url.replace(/^[^?]*\??/s, '')).get(LANGUAGE_PARAMETER) ?? '';
  return findLanguage(tag)?.tag ?? null;
}

/** Address of the same page in a language. @param here path and query */
export function inLanguage(here: string, tag: string): string {
  return `${here}${here.includes('?') ? '&' : '?'}${LANGUAGE_PARAMETER}=${tag}`;
}

/**
 * The address without a choice of language, every other character as it was.
 * @returns null for what is no path of this server, such as `//host` or `/\host`: browsers would leave for that host
 */
export function withoutLanguage(url: string): string | null {
  const [, path = '', query = ''] = /^(\/(?![/\\])[^?]*)(?:\?(.*))?$/s.exec(url) ?? [];
  if (path === '' || /[\\\s]/.test(path)) return null;
  const kept = query.split('&').filter((pair) => pair !== '' && !pair.startsWith(`${LANGUAGE_PARAMETER}=`));
  return kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

/** The same without `ui_locales` either: the person has chosen, and the app's wish is past. */
export function withoutAnyLanguage(url: string): string | null {
  const [path = '', query = ''] = splitOnce(withoutLanguage(url) ?? '');
  const kept = query.split('&').filter((pair) => pair !== '' && !pair.startsWith('ui_locales='));
  return path === '' ? null : kept.length === 0 ? path : `${path}?${kept.join('&')}`;
}

function splitOnce(url: string): [string, string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
