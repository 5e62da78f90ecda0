import { candidateKeys, findClientKeys } from './assertion-keys.js';

const rsa = { kty: 'RSA', n: 'AQAB', e: 'AQAB' };
const p256 = { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' };
const p384 = { kty: 'EC', crv: 'P-384', x: 'AA', y: 'AA' };
const ed25519 = { kty: 'OKP', crv: 'Ed25519', x: 'AA' };

describe('findClientKeys', () => {
  it('reads what describes a key, and what it says about its use', () => {
    expect(findClientKeys({ keys: [{ ...p384, kid: 'one', alg: 'ES384', use: 'sig', key_ops: ['verify'], x5c: ['x'] }, rsa] })).toEqual([
      { keyId: 'one', algorithm: 'ES384', jwk: p384 },
      { keyId: null, algorithm: null, jwk: rsa },
    ]);
  });

  it.each<[string, unknown]>([
    ['a private key', { ...p384, d: 'AA' }],
    ['a shared secret', { kty: 'oct', k: 'AA' }],
    ['a key for encryption', { ...rsa, use: 'enc' }],
    ['a key that signs', { ...rsa, key_ops: ['sign'] }],
    ['key_ops that is no list', { ...rsa, key_ops: 'verify' }],
    ['a kind that nobody knows', { kty: 'AKP', pub: 'AA' }],
    ['a key without its numbers', { kty: 'RSA', n: 'AQAB' }],
    ['a number', 7],
    ['null', null],
  ])('passes over %s', (_what, key) => {
    expect(findClientKeys({ keys: [key, ed25519] })).toEqual([{ keyId: null, algorithm: null, jwk: ed25519 }]);
  });

  it.each([[null], [[]], ['keys'], [{}], [{ keys: {} }]])('takes %j for no key set', (value) => {
    expect(findClientKeys(value)).toBeNull();
  });

  it('looks at no more keys than anybody needs', () => {
    expect(findClientKeys({ keys: Array.from({ length: 1000 }, () => rsa) })).toHaveLength(50);
  });
});

describe('candidateKeys', () => {
  const keys = findClientKeys({
    keys: [
      { ...rsa, kid: 'rsa' },
      { ...rsa, kid: 'rsa-384', alg: 'RS384' },
      { ...p256, kid: 'p256' },
      { ...p384, kid: 'p384' },
      { ...ed25519, kid: 'ed' },
      p384,
    ],
  })!;
  const names = (algorithm: Parameters<typeof candidateKeys>[1]['algorithm'], keyId: string | null): (string | null)[] =>
    candidateKeys(keys, { algorithm, keyId }).map((key) => key.keyId);

  it('are those of the kind of the algorithm', () => {
    expect(names('RS256', null)).toEqual(['rsa']);
    expect(names('RS384', null)).toEqual(['rsa', 'rsa-384']);
    expect(names('PS256', null)).toEqual(['rsa']);
    expect(names('ES256', null)).toEqual(['p256']);
    expect(names('ES384', null)).toEqual(['p384', null]);
    expect(names('EdDSA', null)).toEqual(['ed']);
  });

  it('are those of the name, and those without one', () => {
    expect(names('ES384', 'p384')).toEqual(['p384', null]);
    expect(names('ES384', 'unknown')).toEqual([null]);
    expect(names('RS384', 'rsa-384')).toEqual(['rsa-384']);
    expect(names('RS384', 'ed')).toEqual([]);
  });
});
