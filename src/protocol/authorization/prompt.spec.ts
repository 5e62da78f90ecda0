import { SentParameters } from '../parameters/form.js';
import { checkPrompt } from './prompt.js';
import { SentRequest } from './sent-request.js';

const check = (...sent: [string, string][]) => checkPrompt(new SentRequest(new SentParameters(sent)), { acrValues: ['urn:x', '2'] });
const refusal = (description: RegExp): Error =>
  expect.objectContaining({ code: 'invalid_request', description: expect.stringMatching(description) }) as Error;

describe('checkPrompt', () => {
  it('wishes nothing when nothing was sent', () => {
    expect(check()).toEqual({ values: [], maxAge: null, loginHint: null, idTokenHint: null, uiLocales: [], leastAcr: '2' });
  });

  it.each<[string, string[]]>([
    ['', []],
    ['none', ['none']],
    ['login', ['login']],
    ['consent', ['consent']],
    ['select_account', ['select_account']],
    ['consent login', ['login', 'consent']],
    ['login  login', ['login']],
    ['create', []],
    ['login create', ['login']],
    ['NONE', []],
    ['toString', []],
  ])('prompt=%j', (prompt, expected) => {
    expect(check(['prompt', prompt]).values).toEqual(expected);
  });

  it.each(['none login', 'consent none', 'none select_account', 'none create'])('refuses prompt=%j: none stands alone', (prompt) => {
    expect(() => check(['prompt', prompt])).toThrow(refusal(/^prompt=none cannot be combined/));
  });

  it.each<[string, number | null]>([
    ['', null],
    ['0', 0],
    ['1', 1],
    ['0300', 300],
    ['9999999999', 9_999_999_999],
  ])('max_age=%j is %p seconds', (maxAge, expected) => {
    expect(check(['max_age', maxAge]).maxAge).toBe(expected);
  });

  it.each(['-1', '1.5', '1e3', 'abc', ' 1', '+1', '0x10', '10000000000', '١'])('refuses max_age=%j', (maxAge) => {
    expect(() => check(['max_age', maxAge])).toThrow(refusal(/^max_age must be a number of seconds$/));
  });

  it('keeps login_hint, up to the length of an address', () => {
    expect(check(['login_hint', 'zoë <x@example>']).loginHint).toBe('zoë <x@example>');
    expect(check(['login_hint', 'x'.repeat(320)]).loginHint).toHaveLength(320);
    expect(() => check(['login_hint', 'x'.repeat(321)])).toThrow(refusal(/^login_hint is longer than 320 characters$/));
  });

  it('keeps id_token_hint as it was sent', () => {
    expect(check(['id_token_hint', 'not.verified.here']).idTokenHint).toBe('not.verified.here');
  });

  it.each<[string | null, string | null]>([
    [null, '2'],
    ['', '2'],
    ['1', '1'],
    ['2 1', '1'],
    ['urn:example:gold', null],
  ])('acr_values=%j takes the place of the default of the client', (values, expected) => {
    expect(check(...(values === null ? [] : [['acr_values', values] as [string, string]])).leastAcr).toBe(expected);
  });

  it.each<[string, string[]]>([
    ['fr-CA fr en', ['fr-CA', 'fr', 'en']],
    ['de  de', ['de']],
    ['zh-Hant-TW', ['zh-Hant-TW']],
    ['../etc/passwd <b> en', ['en']],
    ['123 -', []],
    [Array.from({ length: 40 }, (_, index) => `en-x${index}`).join(' '), Array.from({ length: 16 }, (_, index) => `en-x${index}`)],
  ])('ui_locales=%j never fails', (locales, expected) => {
    expect(check(['ui_locales', locales]).uiLocales).toEqual(expected);
  });

  it.each(['prompt', 'max_age', 'login_hint', 'id_token_hint', 'ui_locales'])('refuses a repeated %s', (name) => {
    expect(() => check([name, '1'], [name, '1'])).toThrow(refusal(new RegExp(`^${name} was sent more than once$`)));
  });
});
