import { LANGUAGES } from '../languages.js';
import { CATALOGUES } from './catalogues.js';

type Sentences = Readonly<Record<string, string>>;
const FORM = /_(zero|one|two|few|many|other)$/;

const baseOf = (key: string): string => key.replace(FORM, '');
const gapsOf = (sentence: string): string[] => [...sentence.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name).sort();
/** The keys that a language must have for those of English: as many plural forms as its grammar has. */
const keysIn = (tag: string, english: Sentences): string[] => {
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  return [...new Set(Object.keys(english).flatMap((key) => (FORM.test(key) ? forms.map((form) => `${baseOf(key)}_${form}`) : [key])))];
};

interface Case {
  readonly tag: string;
  readonly page: string;
  readonly english: Sentences;
  readonly words: Sentences;
}

const CASES: readonly Case[] = LANGUAGES.flatMap(({ tag }) =>
  Object.entries(CATALOGUES).map(([page, all]) => ({ tag, page, english: all.en, words: all[tag] })),
);

describe.each(CASES)('The page $page in $tag', ({ tag, english, words }) => {
  it('has exactly the sentences of English', () => {
    expect(Object.keys(words).sort()).toEqual(keysIn(tag, english).sort());
  });

  it('has the gaps of English in each', () => {
    for (const [key, sentence] of Object.entries(words)) {
      // a form for one number may do without the number
      const expected = gapsOf(english[key] ?? english[`${baseOf(key)}_other`] ?? '');
      const optional = FORM.test(key) ? ['count'] : [];
      expect({ key, gaps: gapsOf(sentence).filter((gap) => !optional.includes(gap)) }).toEqual({
        key,
        gaps: expected.filter((gap) => !optional.includes(gap)),
      });
    }
  });

  it('says something in each, without stray blanks or marks of another notation', () => {
    for (const sentence of Object.values(words)) {
      expect(sentence).toMatch(/\S/);
      expect(sentence).toBe(sentence.trim());
      expect(sentence).not.toMatch(/\{\{|\$t\(|<|&\w+;| {2}|'/);
    }
  });
});

describe('The catalogues', () => {
  it('say in another language something else than in English, but for a few words that are the same', () => {
    const same = CASES.filter(({ tag }) => tag !== 'en').flatMap(({ tag, page, english, words }) =>
      Object.keys(english)
        .filter((key) => (english[key] ?? '').split(' ').length > 3 && words[key] === english[key])
        .map((key) => `${tag} ${page}.${key}`),
    );
    expect(same.filter((name) => !name.endsWith('layout.documentTitle'))).toEqual([]);
  });
});
