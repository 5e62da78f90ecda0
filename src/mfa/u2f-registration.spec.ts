import { generateKeyPairSync } from 'node:crypto';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { coseKeyOf, findU2fRegistration, withCounter } from './u2f-registration.js';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = publicKey.export({ format: 'jwk' });
const point = Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]);

/** As PHP writes it: slashes escaped. */
const written = (counter: number): string =>
  `{"keyHandle":"aGFuZGxl-_","publicKey":"${point.toString('base64').replaceAll('/', '\\/')}","certificate":"MII\\/","counter":${counter}}`;

describe('U2F registrations of the EHR', () => {
  it.each([-1, 0, 4711])('are read, with the counter %d', (counter) => {
    expect(findU2fRegistration(written(counter))).toEqual({ keyHandle: 'aGFuZGxl-_', publicKey: point, counter });
  });

  it('keep everything but the counter', () => {
    expect(withCounter(written(-1), 12)).toBe(written(12));
    expect(withCounter(written(99), 100)).toBe(written(100));
  });

  it.each([
    '',
    '{}',
    'null',
    '[]',
    '"x"',
    'JBSWY3DP',
    '{"keyHandle":"a","publicKey":"BA==","counter":1}',
    `{"keyHandle":"a b","publicKey":"${point.toString('base64')}","counter":1}`,
    `{"keyHandle":"a","publicKey":"${point.toString('base64')}","counter":"1"}`,
  ])('are not %s', (data) => {
    expect(findU2fRegistration(data)).toBeNull();
  });

  it('have the public key that WebAuthn knows', () => {
    const key = decodeCredentialPublicKey(Uint8Array.from(coseKeyOf(point))) as unknown as Map<number, unknown>;
    expect([key.get(1), key.get(3), key.get(-1)]).toEqual([2, -7, 1]);
    expect(Buffer.from(key.get(-2) as Uint8Array)).toEqual(point.subarray(1, 33));
    expect(Buffer.from(key.get(-3) as Uint8Array)).toEqual(point.subarray(33));
  });
});
