import { checkClientKeys } from './client-keys.js';

const rsa = { kty: 'RSA', kid: 'one', n: 'AQAB', e: 'AQAB', use: 'sig' };
const ec = { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' };

describe('checkClientKeys', () => {
  it('takes keys by value', () => {
    expect(checkClientKeys({ jwks: { keys: [rsa, ec], other: true } })).toEqual({ jwks: { keys: [rsa, ec] }, jwksUri: null });
  });

  it('takes keys by address', () => {
    expect(checkClientKeys({ jwks_uri: 'https://app.example/jwks' })).toEqual({ jwks: null, jwksUri: 'https://app.example/jwks' });
  });

  it.each([[{}], [{ jwks: null, jwks_uri: null }], [{ jwks_uri: '' }]])('takes %j as none', (sent) => {
    expect(checkClientKeys(sent)).toEqual({ jwks: null, jwksUri: null });
  });

  const secret = 'jwks.keys[0] is not a public key: replace this key, it is no longer secret';
  it.each<[string, { jwks?: unknown; jwks_uri?: unknown }, string]>([
    ['both', { jwks: { keys: [rsa] }, jwks_uri: 'https://app.example/jwks' }, 'jwks and jwks_uri must not both be given'],
    ['a text', { jwks: '{"keys":[]}' }, 'jwks must be an object with the member keys'],
    ['a list', { jwks: [rsa] }, 'jwks must be an object with the member keys'],
    ['false', { jwks: false }, 'jwks must be an object with the member keys'],
    ['no keys', { jwks: {} }, 'jwks.keys must be a list with at least one key'],
    ['an empty list of keys', { jwks: { keys: [] } }, 'jwks.keys must be a list with at least one key'],
    ['keys that are no list', { jwks: { keys: rsa } }, 'jwks.keys must be a list with at least one key'],
    ['a key that is a text', { jwks: { keys: ['x'] } }, 'jwks.keys[0] must be an object with the member kty'],
    ['a key that is null', { jwks: { keys: [rsa, null] } }, 'jwks.keys[1] must be an object with the member kty'],
    ['a key without kty', { jwks: { keys: [{ n: 'AQAB' }] } }, 'jwks.keys[0] must be an object with the member kty'],
    ['a private RSA key', { jwks: { keys: [{ ...rsa, d: 'AA' }] } }, secret],
    ['a private RSA key by its primes', { jwks: { keys: [{ ...rsa, p: 'AA', q: 'AA' }] } }, secret],
    ['a private EC key', { jwks: { keys: [{ ...ec, d: 'AA' }] } }, secret],
    ['a shared secret', { jwks: { keys: [{ kty: 'oct', k: 'AA' }] } }, secret],
    ['too many keys', { jwks: { keys: Array.from({ length: 51 }, () => rsa) } }, 'jwks.keys has more than 50 entries'],
    ['more than can be stored', { jwks: { keys: [{ ...rsa, n: 'A'.repeat(70_000) }] } }, 'jwks is too long: use jwks_uri'],
    ['an address that is not https', { jwks_uri: 'http://app.example/jwks' }, 'jwks_uri must be an https URL'],
    ['an address that is no text', { jwks_uri: {} }, 'jwks_uri must be a text'],
  ])('refuses %s', (_what, sent, description) => {
    expect(() => checkClientKeys(sent)).toThrow(expect.objectContaining({ code: 'invalid_client_metadata', description }));
  });
});
