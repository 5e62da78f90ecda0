import { createPublicKey, type KeyObject } from 'node:crypto';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import type { SecretBox } from '../platform/ehr/secret-box.js';
import { SigningKeysService } from './signing-keys.service.js';

/** The example of RFC 7638 §3.1. */
const N =
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';

describe('SigningKeysService', () => {
  const publicKey = createPublicKey({ key: { kty: 'RSA', n: N, e: 'AQAB' }, format: 'jwk' });
  const site = new EhrSite('ehr', '/site', {} as SecretBox, { privateKey: {} as KeyObject, publicKey, opaqueTokenPassword: '' });
  const keys = new SigningKeysService(site);

  it('names the key by its thumbprint (RFC 7638 §3.1)', () => {
    expect(keys.keyId).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('publishes the public half and what it is for', () => {
    expect(keys.jwks()).toEqual({ keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: keys.keyId, n: N, e: 'AQAB' }] });
    expect(JSON.parse(keys.document.body)).toEqual(keys.jwks());
    expect(keys.document.etag).toMatch(/^"[A-Za-z0-9_-]{43}"$/);
  });
});
