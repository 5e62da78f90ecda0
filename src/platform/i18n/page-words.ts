import type { LanguageTag } from './languages.js';

/** Forms that a language may have for numbers: `_one` and `_other` in English. @see Unicode CLDR, Language Plural Rules */
export type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

/** Sentences of one page by key. A gap is written `{name}`; a key that ends in `_one`, `_other`, … is a form of a plural. */
export type PageWords = Readonly<Record<string, string>>;

type IsPlural<Key> = Key extends `${string}_${PluralForm}` ? true : false;
type Singular<Words> = { [Key in keyof Words]: IsPlural<Key> extends true ? never : Key }[keyof Words];
/** The key under which a page asks for a sentence: `found` for `found_one` and `found_other`. */
export type BaseKey<Key> = Key extends `${infer Base}_${PluralForm}` ? Base : Key;
type PluralBase<Words> = Exclude<BaseKey<keyof Words>, Singular<Words>>;

/** The same page in another language: every sentence of the English one, and the plural forms that this language has. */
export type TranslationOf<English extends PageWords> = Readonly<
  Record<Extract<Singular<English>, string>, string> &
    Record<`${Extract<PluralBase<English>, string>}_other`, string> &
    Partial<Record<`${Extract<PluralBase<English>, string>}_${PluralForm}`, string>>
>;

/** One page in every language. */
export type PageInEveryLanguage<English extends PageWords> = { readonly en: English } & Readonly<
  Record<Exclude<LanguageTag, 'en'>, TranslationOf<English>>
>;

/** States that a page is complete; the compiler checks it. */
export function inEveryLanguage<const English extends PageWords>(words: PageInEveryLanguage<English>): PageInEveryLanguage<English> {
  return words;
}

/** The gaps of a sentence, by name. */
export type GapsOf<Sentence> = Sentence extends `${string}{${infer Gap}}${infer Rest}` ? Gap | GapsOf<Rest> : never;
