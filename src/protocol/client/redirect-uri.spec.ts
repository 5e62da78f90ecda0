import { isRegisteredRedirectUri, isSameRedirectUri } from './redirect-uri.js';

describe('isSameRedirectUri', () => {
  it.each([
    ['https://app.example/callback', 'https://app.example/callback'],
    ['https://app.example/callback?tenant=1', 'https://app.example/callback?tenant=1'],
    ['org.example.app:/done', 'org.example.app:/done'],
    ['http://localhost:3000/callback', 'http://localhost:3000/callback'],
  ])('accepts the registered text itself: %s', (sent, registered) => {
    expect(isSameRedirectUri(sent, registered)).toBe(true);
  });

  it.each([
    ['a longer path', 'https://app.example/callback/more', 'https://app.example/callback'],
    ['a trailing slash', 'https://app.example/callback/', 'https://app.example/callback'],
    ['an added query', 'https://app.example/callback?x=1', 'https://app.example/callback'],
    ['an added fragment', 'https://app.example/callback#x', 'https://app.example/callback'],
    ['another case of the path', 'https://app.example/Callback', 'https://app.example/callback'],
    ['another case of the host', 'https://APP.example/callback', 'https://app.example/callback'],
    ['the default port spelled out', 'https://app.example:443/callback', 'https://app.example/callback'],
    ['dot segments', 'https://app.example/x/../callback', 'https://app.example/callback'],
    ['percent-encoding', 'https://app.example/%63allback', 'https://app.example/callback'],
    ['a sub-domain', 'https://evil.app.example/callback', 'https://app.example/callback'],
    ['user information', 'https://app.example@evil.example/callback', 'https://app.example/callback'],
    ['another scheme', 'http://app.example/callback', 'https://app.example/callback'],
    ['the empty text', '', 'https://app.example/callback'],
  ])('refuses %s', (_what, sent, registered) => {
    expect(isSameRedirectUri(sent, registered)).toBe(false);
  });

  it.each([
    ['another port', 'http://127.0.0.1:51234/callback', 'http://127.0.0.1:3000/callback'],
    ['a port where none was registered', 'http://127.0.0.1:51234/callback', 'http://127.0.0.1/callback'],
    ['no port where one was registered', 'http://127.0.0.1/callback', 'http://127.0.0.1:3000/callback'],
    ['IPv6', 'http://[::1]:51234/callback', 'http://[::1]/callback'],
    ['no path at all', 'http://127.0.0.1:51234', 'http://127.0.0.1'],
    ['the highest port', 'http://127.0.0.1:65535/', 'http://127.0.0.1/'],
  ])('lets the port of a loopback address vary: %s (RFC 8252 §7.3)', (_what, sent, registered) => {
    expect(isSameRedirectUri(sent, registered)).toBe(true);
  });

  it.each([
    ['path', 'http://127.0.0.1:51234/other', 'http://127.0.0.1/callback'],
    ['query', 'http://127.0.0.1:51234/callback?x=1', 'http://127.0.0.1/callback'],
    ['address family', 'http://[::1]:51234/callback', 'http://127.0.0.1/callback'],
    ['scheme', 'https://127.0.0.1:51234/callback', 'https://127.0.0.1/callback'],
    ['name', 'http://localhost:51234/callback', 'http://localhost:3000/callback'],
    ['address', 'http://127.0.0.2:51234/callback', 'http://127.0.0.2/callback'],
    ['impossible port', 'http://127.0.0.1:65536/callback', 'http://127.0.0.1/callback'],
    ['port zero', 'http://127.0.0.1:0/callback', 'http://127.0.0.1/callback'],
    ['user information', 'http://127.0.0.1:80@evil.example/callback', 'http://127.0.0.1/callback'],
    ['longer host', 'http://127.0.0.1.evil.example/callback', 'http://127.0.0.1/callback'],
    ['backslash', 'http://127.0.0.1:80\\@evil.example/callback', 'http://127.0.0.1/callback'],
    ['empty port', 'http://127.0.0.1:/callback', 'http://127.0.0.1/callback'],
  ])('lets nothing but the port vary: %s', (_what, sent, registered) => {
    expect(isSameRedirectUri(sent, registered)).toBe(false);
  });
});

describe('isRegisteredRedirectUri', () => {
  const registered = ['https://app.example/a', 'http://127.0.0.1/b'];

  it('finds any of several registered URIs', () => {
    expect(isRegisteredRedirectUri('https://app.example/a', registered)).toBe(true);
    expect(isRegisteredRedirectUri('http://127.0.0.1:9000/b', registered)).toBe(true);
  });

  it('refuses what is not registered, and everything when nothing is', () => {
    expect(isRegisteredRedirectUri('https://app.example/c', registered)).toBe(false);
    expect(isRegisteredRedirectUri('https://app.example/a', [])).toBe(false);
  });

  it('does not read a joined list as one URI', () => {
    expect(isRegisteredRedirectUri('https://app.example/a|http://127.0.0.1/b', registered)).toBe(false);
  });
});
