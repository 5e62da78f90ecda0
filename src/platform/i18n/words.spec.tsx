import { renderToString } from 'preact-render-to-string';
import { frameIn } from '../../../test/support/page-frames.js';
import { disguise } from '../../../test/support/pseudo-locale.js';
import { fillGaps } from './fill-gaps.js';
import { findLanguage } from './languages.js';
import { addLanguage } from './translator.js';
import { Words } from './words.js';

const MOMENT = new Date('2027-02-24T16:05:00Z');
const words = (tag: string, zone = 'UTC') => new Words(findLanguage(tag) ?? { tag, direction: 'ltr' }, zone);

describe('Words', () => {
  it('says a sentence in its language, with text in the gaps', () => {
    expect(words('en').say('layout.documentTitle', { title: 'T', clinic: 'C' })).toBe('T · C');
    expect(words('de').say('common.cancel')).toBe('Abbrechen');
  });

  it('shows a sentence with markup in the gaps, everything else escaped', () => {
    const html = renderToString(words('fr').show('common.reference', { id: <code>{'<b>'}</code> }));
    expect(html).toBe('Référence : <code>&lt;b></code>');
  });

  it('takes what stands in a gap as it is, markup and gaps included', () => {
    expect(words('en').say('common.person', { person: '{person} $t(x) {{y}}' })).toBe('Signed in as {person} $t(x) {{y}}');
  });

  it('does not compile with a wrong key, or without the values of its gaps', () => {
    // @ts-expect-error there is no such sentence
    expect(words('en').say('common.nothing')).toBe('common.nothing');
    // @ts-expect-error the gap has no value
    expect(words('en').say('common.person')).toBe('Signed in as {person}');
    // @ts-expect-error there is no such gap
    expect(words('en').say('common.cancel', { person: 'x' })).toBe('Cancel');
  });

  it('finds the form for a number by the rules of the language', () => {
    const forms = { one: '{count} code', other: '{count} codes' };
    addLanguage('en-GB', { test: { codes_one: forms.one, codes_other: forms.other } });
    const english = words('en-GB');
    const say = english.say.bind(english) as unknown as (key: string, values: { count: number }) => string;
    expect([1, 2, 1234].map((count) => say('test.codes', { count }))).toEqual(['1 code', '2 codes', '1,234 codes']);
  });

  it('reads dates in the time zone of the clinic', () => {
    expect(words('en').date(MOMENT)).toBe('February 24, 2027');
    expect(words('de').date(MOMENT)).toBe('24. Februar 2027');
    expect(words('en', 'Asia/Tokyo').date(MOMENT)).toBe('February 25, 2027');
    expect(words('de', 'America/New_York').dateTime(MOMENT)).toBe('24. Februar 2027 um 11:05');
  });

  it.each([
    [0, 'now'],
    [-59, 'now'],
    [-60, '1 minute ago'],
    [-7200, '2 hours ago'],
    [86_400, 'tomorrow'],
    [-20 * 86_400, '2 weeks ago'],
    [-800 * 86_400, '2 years ago'],
  ])('says of %i seconds: %s', (seconds, expected) => {
    expect(words('en').relative(new Date(MOMENT.getTime() + seconds * 1000), MOMENT)).toBe(expected);
  });

  it('joins a list as the language does', () => {
    expect(words('es').list(['a', 'b', 'c'])).toBe('a, b y c');
  });

  it('reads from a catalogue in disguise in tests', () => {
    expect(frameIn('en-XA').words.say('common.person', { person: 'x' })).toBe(disguise('Signed in as {person}').replace('{person}', 'x'));
  });
});

describe('fillGaps', () => {
  it('shows a gap without a value as it is written', () => {
    expect(renderToString(fillGaps('{a} and {constructor}', { a: 'x' }))).toBe('x and {constructor}');
  });
});
