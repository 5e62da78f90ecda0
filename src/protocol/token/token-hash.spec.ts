import { createHash } from 'node:crypto';
import { type SigningAlgorithm, tokenHash } from './token-hash.js';

describe('tokenHash', () => {
  it('agrees with the examples of OIDC Core appendix A', () => {
    expect(tokenHash('jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y', 'RS256')).toBe('77QmUPtjPfzWtF2AnpK9RQ'); // A.3
    expect(tokenHash('Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk', 'RS256')).toBe('LDktKdoQak3Pk0cnXxCltA'); // A.4
  });

  it.each<[SigningAlgorithm, string, number]>([
    ['RS256', 'sha256', 16],
    ['PS256', 'sha256', 16],
    ['ES256', 'sha256', 16],
    ['RS384', 'sha384', 24],
    ['PS384', 'sha384', 24],
    ['ES384', 'sha384', 24],
    ['RS512', 'sha512', 32],
    ['PS512', 'sha512', 32],
    ['ES512', 'sha512', 32],
    ['EdDSA', 'sha512', 32],
  ])('takes the left half of the hash which %s uses', (algorithm, hash, bytes) => {
    const whole = createHash(hash).update('a-token').digest();
    const half = Buffer.from(tokenHash('a-token', algorithm), 'base64url');
    expect(half).toHaveLength(bytes);
    expect(whole.subarray(0, bytes).equals(half)).toBe(true);
  });
});
