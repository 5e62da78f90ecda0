import { ASSERTION_ALGORITHMS, readAssertion } from './assertion.js';

const encode = (value: unknown): string => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const jwt = (header: unknown, payload: unknown = { sub: 'app' }): string => `${encode(header)}.${encode(payload)}.c2ln`;

describe('readAssertion', () => {
  it.each(ASSERTION_ALGORITHMS)('reads one that is signed by %s', (alg) => {
    expect(readAssertion(jwt({ alg, kid: 'one' }))).toEqual({ algorithm: alg, keyId: 'one', claims: { sub: 'app' } });
  });

  it('reads one that names no key', () => {
    expect(readAssertion(jwt({ alg: 'ES384' })).keyId).toBeNull();
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'the assertion is not a signed JWT'],
    ['two parts', `${encode({ alg: 'ES384' })}.${encode({})}`, 'the assertion is not a signed JWT'],
    ['four parts', `${jwt({ alg: 'ES384' })}.x`, 'the assertion is not a signed JWT'],
    ['an empty signature', `${encode({ alg: 'ES384' })}.${encode({})}.`, 'the assertion is not a signed JWT'],
    ['padding', `${encode({ alg: 'ES384' })}=.${encode({})}.c2ln`, 'the header of the assertion is not base64url'],
    ['a header that is no JSON', jwt('{'), 'the header of the assertion is not a JSON object'],
    ['a header that is a list', jwt([]), 'the header of the assertion is not a JSON object'],
    ['claims that are a text', jwt({ alg: 'ES384' }, '"x"'), 'the payload of the assertion is not a JSON object'],
    ['claims that are null', jwt({ alg: 'ES384' }, 'null'), 'the payload of the assertion is not a JSON object'],
    ['no algorithm', jwt({}), 'the assertion is signed by something else, which is not accepted'],
    ['none', jwt({ alg: 'none' }), 'the assertion is signed by none, which is not accepted'],
    ['a shared secret', jwt({ alg: 'HS256' }), 'the assertion is signed by HS256, which is not accepted'],
    ['an algorithm in another case', jwt({ alg: 'es384' }), 'the assertion is signed by es384, which is not accepted'],
    [
      'an algorithm that forges a line of the log',
      jwt({ alg: 'a\nb' }),
      'the assertion is signed by something else, which is not accepted',
    ],
    ['kid that is a number', jwt({ alg: 'ES384', kid: 1 }), 'kid of the assertion is not a text'],
  ])('refuses %s', (_what, text, detail) => {
    expect(() => readAssertion(text)).toThrow(
      expect.objectContaining({ code: 'invalid_client', status: 401, description: 'Client authentication failed.', detail }),
    );
  });
});
