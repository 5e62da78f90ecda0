import { OAuthError } from '../errors/oauth-error.js';
import { coversScopes, intersectScopes, joinScope, missingScopes, parseScope, uniqueScopes } from './scope-set.js';

function refusal(text: string): OAuthError {
  try {
    parseScope(text);
  } catch (error) {
    if (error instanceof OAuthError) return error;
    throw error;
  }
  throw new Error(`accepted ${JSON.stringify(text)}`);
}

describe('parseScope', () => {
  it.each([
    ['one name', 'openid', ['openid']],
    ['several names', 'openid profile', ['openid', 'profile']],
    ['the order sent', 'profile openid email', ['profile', 'openid', 'email']],
    ['a repetition', 'openid profile openid', ['openid', 'profile']],
    ['names which differ in case', 'openid OpenID', ['openid', 'OpenID']],
    ['surplus spaces', '  openid   profile ', ['openid', 'profile']],
    ['nothing', '', []],
    ['spaces alone', '   ', []],
    ['colons, slashes, dollars and bars', 'api:fhir user/X.$op a|b', ['api:fhir', 'user/X.$op', 'a|b']],
    ['the first and the last character allowed', '! ~', ['!', '~']],
    ['both sides of the quotation mark and the backslash', '!# [ ]', ['!#', '[', ']']],
  ])('reads %s', (_what, text, scopes) => {
    expect(parseScope(text)).toEqual(scopes);
  });

  it.each([
    ['a quotation mark', 'openid "profile"'],
    ['a backslash', 'openid a\\b'],
    ['a tab', 'openid\tprofile'],
    ['a line end', 'openid\nprofile'],
    ['NUL', 'openid\0'],
    ['a letter outside ASCII', 'openid profíle'],
    ['DEL', 'openid \x7f'],
    ['a non-breaking space', 'openid\u00a0profile'],
  ])('refuses %s', (_what, text) => {
    expect(refusal(text)).toMatchObject({ code: 'invalid_scope', status: 400 });
  });

  it('does not repeat what was sent, but says which name it was', () => {
    const error = refusal('openid <b>\u0000');
    expect(error.description).toBe('scope holds a character that is not allowed');
    expect(error.detail).toBe('scope number 2 is malformed');
  });
});

describe('joinScope', () => {
  it('is read back as the same list', () => {
    const scopes = ['openid', 'api:fhir', 'user/Patient.rs'];
    expect(joinScope(scopes)).toBe('openid api:fhir user/Patient.rs');
    expect(parseScope(joinScope(scopes))).toEqual(scopes);
  });

  it('writes nothing as the empty text', () => {
    expect(joinScope([])).toBe('');
  });
});

describe('uniqueScopes', () => {
  it('keeps the first of each, in order', () => {
    expect(uniqueScopes(['b', 'a', 'b', 'c', 'a'])).toEqual(['b', 'a', 'c']);
  });
});

describe('coversScopes and missingScopes', () => {
  it.each([
    ['equal sets', ['a', 'b'], ['b', 'a'], []],
    ['a subset', ['a', 'b'], ['b'], []],
    ['nothing wanted', ['a'], [], []],
    ['nothing wanted and nothing there', [], [], []],
    ['one too many', ['a'], ['a', 'b'], ['b']],
    ['one too many, twice', ['a'], ['b', 'a', 'b'], ['b']],
    ['nothing there', [], ['b', 'a'], ['b', 'a']],
    ['letters of one scope within another', ['user/Patient.cruds'], ['user/Patient.rs'], ['user/Patient.rs']],
    ['another case', ['openid'], ['OPENID'], ['OPENID']],
  ])('%s', (_what, available, wanted, missing) => {
    expect(missingScopes(available, wanted)).toEqual(missing);
    expect(coversScopes(available, wanted)).toBe(missing.length === 0);
  });

  it('is not misled by the names of object members', () => {
    expect(coversScopes(['a'], ['__proto__', 'constructor'])).toBe(false);
  });
});

describe('intersectScopes', () => {
  it('keeps what is available, in the order wanted, once', () => {
    expect(intersectScopes(['a', 'b', 'c'], ['c', 'x', 'a', 'c'])).toEqual(['c', 'a']);
  });

  it('is empty when nothing is shared', () => {
    expect(intersectScopes(['a'], ['b'])).toEqual([]);
    expect(intersectScopes([], ['b'])).toEqual([]);
  });
});
