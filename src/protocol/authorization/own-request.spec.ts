import { findOwnPath, isOwnRequest, ownRequest } from './own-request.js';

describe('findOwnPath', () => {
  it.each(['/account', '/account/apps/client-1_a', '/account/sessions?done=1&x=%20', '/account/factors/totp'])('takes %s', (path) => {
    expect(findOwnPath(path)).toBe(path);
  });

  it.each([
    ['nothing', undefined],
    ['the empty text', ''],
    ['a relative path', 'account'],
    ['the bare root', '/'],
    ['another host', '//evil.example/account'],
    ['another host behind a path', '/account//evil.example'],
    ['another site', 'https://evil.example/account'],
    ['a script', 'javascript:alert(1)'],
    ['backslashes', '/\\evil.example'],
    ['a way up', '/account/../oauth2'],
    ['an escaped slash in the path', '/%2f%2fevil.example'],
    ['a line break', '/account\r\nset-cookie: a=b'],
    ['a line break at the end', '/account\n'],
    ['a fragment', '/account#x'],
    ['an address in the query', '/account?to=https://evil.example'],
    ['more than any address of ours', `/${'a'.repeat(500)}`],
  ])('does not take %s', (_, path) => {
    expect(findOwnPath(path)).toBeNull();
  });
});

describe('ownRequest', () => {
  it('asks for a sign-in and for nothing else', () => {
    const request = ownRequest({ path: '/account/password', maxAge: 900 }, 'https://id.example/oauth2/default');
    expect(request).toMatchObject({ scope: [], target: { redirectUri: '/account/password', state: null } });
    expect(request.prompt).toMatchObject({ values: [], maxAge: 900 });
    expect(isOwnRequest(request)).toBe(true);
    expect(isOwnRequest({ clientId: 'client-1' })).toBe(false);
  });
});
