import { OAuthError } from '../errors/oauth-error.js';
import { checkPostLogoutRedirectUris, checkRedirectUris, findPageUri, findSecureUri } from './registered-uris.js';

const web = { privateUseSchemes: false };
const native = { privateUseSchemes: true };

function refusal(check: () => unknown): { code: string; description: string } {
  try {
    check();
  } catch (error) {
    if (error instanceof OAuthError) return { code: error.code, description: error.description };
    throw error;
  }
  throw new Error('accepted');
}

describe('checkRedirectUris', () => {
  it.each([
    'https://app.example/callback',
    'https://app.example',
    'https://app.example:8443/a/b?tenant=1&x=%20',
    'https://192.0.2.1/cb',
    'https://[2001:db8::1]/cb',
    'http://localhost:3000/cb',
    'http://localhost/cb',
    'http://127.0.0.1:8087/cb',
    'http://127.0.0.1',
    'http://[::1]:8087/cb',
  ])('accepts %s for every client', (uri) => {
    expect(checkRedirectUris([uri], web)).toEqual([uri]);
  });

  it.each(['com.example.app:/done', 'com.example.app://done', 'org.example-app.x1:/cb?x=1'])(
    'accepts %s for native clients only (RFC 8252 §7.1)',
    (uri) => {
      expect(checkRedirectUris([uri], native)).toEqual([uri]);
      expect(refusal(() => checkRedirectUris([uri], web))).toEqual({
        code: 'invalid_redirect_uri',
        description: 'redirect_uris[0] must be an https URL: a scheme of its own is for public and native clients',
      });
    },
  );

  const noScheme = 'must be an https URL, or have a scheme which is a domain name in reverse';
  const plain = 'must use https: plain http is for loopback addresses';
  const characters = 'holds a character that must be percent-encoded';
  it.each([
    ['javascript:alert(1)', noScheme],
    ['JavaScript:alert(1)', noScheme],
    ['data:text/html,x', noScheme],
    ['vbscript:x', noScheme],
    ['file:///etc/passwd', noScheme],
    ['blob:https://app.example/1', noScheme],
    ['about:blank', noScheme],
    ['ftp://app.example/x', noScheme],
    ['myapp:/cb', noScheme],
    ['https:app.example/cb', noScheme],
    ['https:/app.example/cb', noScheme],
    ['urn:ietf:wg:oauth:2.0:oob', noScheme],
    ['http://app.example/cb', plain],
    ['http://127.0.0.1.evil.example/cb', plain],
    ['http://localhost.evil.example/cb', plain],
    ['http://192.168.0.1/cb', plain],
    ['http://0x7f.1/cb', plain],
    ['http://2130706433/cb', plain],
    ['https://app.example/cb#top', 'must not have a fragment'],
    ['https://app.example/cb#', 'must not have a fragment'],
    ['com.example.app:/cb#x', 'must not have a fragment'],
    ['https://user@app.example/cb', 'must not have a user name or password'],
    ['https://user:pw@app.example/cb', 'must not have a user name or password'],
    ['http://127.0.0.1:80@evil.example/', 'must not have a user name or password'],
    ['/callback', 'is not an absolute URI'],
    ['app.example/callback', 'is not an absolute URI'],
    ['//app.example/callback', 'is not an absolute URI'],
    ['https://', 'is not an absolute URI'],
    ['https:///cb', noScheme],
    ['https://app.example:99999/cb', 'is not an absolute URI'],
    ['https://app.example/a b', characters],
    [' https://app.example/cb', characters],
    ['https://app.example/cb ', characters],
    ['https://app.example\\@evil.example/', characters],
    ['https://app.example/<x>', characters],
    ['https://app.example/"', characters],
    ['https://app.example/{x}', characters],
    ['https://app.example/ü', characters],
    ['https://app.example/%zz', characters],
    ['https://app.example/cb\0', 'holds a character that is not allowed'],
    ['https://app.example/cb\n', 'holds a character that is not allowed'],
    ['https://app.example/a|b', 'must not hold the character |'],
    [`https://app.example/${'a'.repeat(2_000)}`, 'is longer than 2000 characters'],
    ['', 'must not be empty'],
    [' ', 'must not be empty'],
    [null, 'must not be empty'],
    [42, 'must be a text'],
    [{ uri: 'https://app.example' }, 'must be a text'],
    [['https://app.example'], 'must be a text'],
  ])('refuses %j', (uri, complaint) => {
    expect(refusal(() => checkRedirectUris(['https://good.example/', uri], native))).toEqual({
      code: 'invalid_redirect_uri',
      description: `redirect_uris[1] ${complaint}`,
    });
  });

  it.each([
    ['a text', 'https://app.example/cb', 'redirect_uris must be a list'],
    ['an object', { 0: 'https://app.example/cb' }, 'redirect_uris must be a list'],
    ['too many', Array.from({ length: 31 }, (_, index) => `https://app.example/${index}`), 'redirect_uris has more than 30 entries'],
  ])('refuses %s', (_what, value, description) => {
    expect(refusal(() => checkRedirectUris(value, web))).toEqual({ code: 'invalid_redirect_uri', description });
  });

  it('keeps the order and each URI once', () => {
    const [a, b] = ['https://app.example/b', 'https://app.example/a'];
    expect(checkRedirectUris([a, b, a], web)).toEqual([a, b]);
  });

  it.each([undefined, null, []])('is empty for %j', (value) => {
    expect(checkRedirectUris(value, web)).toEqual([]);
  });

  it('accepts as many and as long as the column of the EHR holds', () => {
    const uris = Array.from({ length: 30 }, (_, index) => `https://app.example/${index}/`.padEnd(2_000, 'a'));
    expect(checkRedirectUris(uris, web)).toEqual(uris);
    expect(uris.join('|').length).toBeLessThanOrEqual(65_535);
  });
});

describe('checkPostLogoutRedirectUris', () => {
  it('has the same rules under the name of its own member', () => {
    expect(checkPostLogoutRedirectUris(['https://app.example/bye'], web)).toEqual(['https://app.example/bye']);
    expect(refusal(() => checkPostLogoutRedirectUris(['javascript:alert(1)'], native))).toEqual({
      code: 'invalid_client_metadata',
      description: `post_logout_redirect_uris[0] must be an https URL, or have a scheme which is a domain name in reverse`,
    });
    expect(refusal(() => checkPostLogoutRedirectUris('https://app.example/bye', web)).code).toBe('invalid_client_metadata');
  });
});

describe('findPageUri', () => {
  it.each(['https://app.example/policy#privacy', 'http://app.example/policy'])('accepts %s', (uri) => {
    expect(findPageUri(uri, 'policy_uri')).toBe(uri);
  });

  it.each([undefined, null, ''])('takes %j as absent', (value) => {
    expect(findPageUri(value, 'policy_uri')).toBeNull();
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'com.example.app:/x', 'mailto:a@example.org', 'https:x.example/'])(
    'refuses %s',
    (uri) => {
      expect(refusal(() => findPageUri(uri, 'policy_uri'))).toEqual({
        code: 'invalid_client_metadata',
        description: 'policy_uri must be an http or https URL',
      });
    },
  );

  it('refuses a user name that would hide the host', () => {
    expect(refusal(() => findPageUri('https://ehr.example@evil.example/', 'tos_uri')).description).toBe(
      'tos_uri must not have a user name or password',
    );
  });
});

describe('findSecureUri', () => {
  it.each(['https://app.example/jwks.json', 'http://localhost:3000/jwks.json'])('accepts %s', (uri) => {
    expect(findSecureUri(uri, 'jwks_uri')).toBe(uri);
  });

  it.each(['http://app.example/jwks.json', 'file:///etc/passwd', 'com.example.app:/x'])('refuses %s', (uri) => {
    expect(refusal(() => findSecureUri(uri, 'jwks_uri')).description).toBe('jwks_uri must be an https URL');
  });
});
