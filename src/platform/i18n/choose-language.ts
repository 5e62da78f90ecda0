import { ENGLISH, findLanguage, type Language, LANGUAGES } from './languages.js';

/** What is known about the language that somebody reads, the strongest wish first. */
export interface LanguageWishes {
  /** Of the authorization request: BCP 47 tags, the preferred one first. OIDC Core §3.1.2.1 */
  readonly uiLocales?: readonly string[];
  /** Tag that the person chose with the switcher; null when they never did. */
  readonly chosen?: string | null;
  /** Header of the browser. RFC 9110 §12.5.4 */
  readonly acceptLanguage?: string | undefined;
  /** The EHR's setting `language_default`, a name such as `Spanish (Spain)`. */
  readonly ehrDefault?: string;
}

/** The first wish that can be met; English when none can. */
export function chooseLanguage({ uiLocales = [], chosen = null, acceptLanguage = '', ehrDefault = '' }: LanguageWishes): Language {
  return (
    firstMatch(uiLocales) ??
    (chosen === null ? null : findLanguage(chosen)) ??
    firstMatch(acceptedTags(acceptLanguage)) ??
    ofEhr(ehrDefault) ??
    ENGLISH
  );
}

function firstMatch(tags: readonly string[]): Language | null {
  for (const tag of tags) {
    const found = matchLanguage(tag);
    if (found !== null) return found;
  }
  return null;
}

/** The language itself, else its nearest relative: `es-MX` and `pt-PT` find what there is of Spanish and Portuguese. RFC 4647 §3.4 */
function matchLanguage(tag: string): Language | null {
  const wanted = parseTag(tag);
  if (wanted === null) return null;
  const exact = LANGUAGES.find((language) => language.tag.toLowerCase() === wanted.baseName.toLowerCase());
  return exact ?? LANGUAGES.find((language) => new Intl.Locale(language.tag).language === wanted.language) ?? null;
}

/** `Intl.Locale` also knows old names: `iw` is Hebrew. */
function parseTag(tag: string): Intl.Locale | null {
  try {
    return new Intl.Locale(tag);
  } catch {
    return null;
  }
}

/** Tags of the header in order of their weight; `*` wishes for nothing, and a weight of 0 wishes against. RFC 9110 §12.4.2 */
function acceptedTags(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
      const weight = parameters.map((parameter) => /^q=([01](?:\.\d{0,3})?)$/i.exec(parameter)?.[1]).find((found) => found !== undefined);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ tag, weight }) => tag !== '' && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ tag }) => tag);
}

function ofEhr(name: string): Language | null {
  return LANGUAGES.find(({ ehrName }) => name.startsWith(ehrName)) ?? null;
}
