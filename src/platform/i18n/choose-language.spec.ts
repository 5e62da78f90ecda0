import { chooseLanguage, type LanguageWishes } from './choose-language.js';

const CASES: ReadonlyArray<[expected: string, why: string, wishes: LanguageWishes]> = [
  ['en', 'nothing is known', {}],
  ['fr', 'the app asks for it', { uiLocales: ['fr'], chosen: 'de', acceptLanguage: 'es', ehrDefault: 'Hebrew' }],
  ['de', 'the person chose it', { chosen: 'de', acceptLanguage: 'es', ehrDefault: 'Hebrew' }],
  ['es', 'the browser prefers it', { acceptLanguage: 'es', ehrDefault: 'Hebrew' }],
  ['he', 'the EHR speaks it', { ehrDefault: 'Hebrew' }],
  ['fr', 'the first that exists counts', { uiLocales: ['xx', 'fr-CA', 'de'] }],
  ['de', 'nothing that the app asks for exists', { uiLocales: ['xx', 'zh-Hant-TW'], chosen: 'de' }],
  ['pt-BR', 'letter case does not matter', { uiLocales: ['PT-br'] }],
  ['pt-BR', 'there is no nearer Portuguese', { uiLocales: ['pt-PT'] }],
  ['es', 'there is no nearer Spanish', { acceptLanguage: 'es-419,en;q=0.5' }],
  ['he', 'iw is an old name of Hebrew', { acceptLanguage: 'iw-IL' }],
  ['ar', 'weights decide', { acceptLanguage: 'en;q=0.3, ar;q=0.9, fr;q=0.4' }],
  ['fr', 'equal weights keep their order', { acceptLanguage: 'fr, de' }],
  ['de', 'a weight of 0 is a refusal', { acceptLanguage: 'fr;q=0, de;q=0.1' }],
  ['es', 'a star wishes for nothing', { acceptLanguage: '*', ehrDefault: 'Spanish (Latin American)' }],
  ['de', 'a broken header is no wish', { acceptLanguage: ';;,q=,\u0000-,--', ehrDefault: 'German' }],
  ['en', 'the EHR has a language that we have not', { ehrDefault: 'Bengali' }],
  ['en', 'the choice is gone', { chosen: 'xx' }],
  ['pt-BR', 'the EHR speaks another Portuguese', { ehrDefault: 'Portuguese (European)' }],
  ['en', 'the EHR speaks it', { ehrDefault: 'English (Standard)' }],
];

describe('chooseLanguage', () => {
  it.each(CASES)('is %s where %s', (expected, _, wishes) => {
    expect(chooseLanguage(wishes).tag).toBe(expected);
  });

  it('reads a right-to-left language from the right', () => {
    expect(chooseLanguage({ uiLocales: ['ar-EG'] })).toMatchObject({ tag: 'ar', direction: 'rtl' });
    expect(chooseLanguage({ uiLocales: ['de'] }).direction).toBe('ltr');
  });
});
