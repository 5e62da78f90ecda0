import { chosenIn, inLanguage, readChoice, withoutAnyLanguage, withoutLanguage, writeChoice } from './language-choice.js';

const at = new Date('2027-02-24T16:05:00Z');

describe('The cookie of a chosen language', () => {
  it('comes back as it was written', () => {
    expect(readChoice(writeChoice({ tag: 'pt-BR', at }))).toEqual({ tag: 'pt-BR', at });
  });

  it.each([null, '', 'de', 'xx.1', 'de.', 'de.1x', '<b>.1', 'de.9999999999999999'])('is nothing when it holds %j', (cookie) => {
    expect(readChoice(cookie)).toBeNull();
  });
});

describe('The address that chooses a language', () => {
  it.each([
    ['/a', 'es', '/a?chartkey_language=es'],
    ['/a?state=%20x&b', 'pt-BR', '/a?state=%20x&b&chartkey_language=pt-BR'],
  ])('of %s in %s is %s, and leads back', (here, tag, address) => {
    expect(inLanguage(here, tag)).toBe(address);
    expect(chosenIn(address)).toBe(tag);
    expect(withoutLanguage(address)).toBe(here);
  });

  it.each(['/a', '/a?chartkey_language=', '/a?chartkey_language=xx', '/a?language=de', '/chartkey_language=de'])('is not %s', (url) => {
    expect(chosenIn(url)).toBeNull();
  });

  it.each([
    ['/a?ui_locales=fr&chartkey_language=de&x=1', '/a?x=1'],
    ['/a?chartkey_language=de&ui_locales=fr%20en', '/a'],
    ['/a?x=ui_locales&chartkey_language=de', '/a?x=ui_locales'],
  ])('ends the wish of the app: %s', (url, back) => {
    expect(withoutAnyLanguage(url)).toBe(back);
  });

  it.each(['//evil.example/', '/\\evil.example', '\\\\evil.example', 'http://evil.example/', '/a\\b', '/a\n', 'x', '*', ''])(
    'leads back nowhere from %j, which is no path of ours',
    (path) => {
      expect(withoutLanguage(path)).toBeNull();
      expect(withoutAnyLanguage(`${path}?chartkey_language=de`)).toBeNull();
    },
  );
});
