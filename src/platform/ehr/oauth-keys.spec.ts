import { createSign, createVerify, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EHR_VECTORS, vectorKeyRing, vectorKeyRows, vectorSiteFiles } from '../../../test/support/ehr-vectors.js';
import { SystemRandom } from '../ambient/random.js';
import { findOAuthKeys, OAuthKeysError, type OAuthKeys } from './oauth-keys.js';
import { SecretBox } from './secret-box.js';
import { sitePaths, writeSiteFile } from './site-folder.js';

const random = new SystemRandom();
const box = new SecretBox(vectorKeyRing(random), { databaseEncryption: true });
const PRIVATE = 'oaprivate.key';
const PUBLIC = 'oapublic.key';
let site = '';

beforeEach(async () => {
  site = await mkdtemp(join(tmpdir(), 'chartkey-site-'));
});
afterEach(() => rm(site, { recursive: true, force: true }));

/** Lays out the vectors' site with some files replaced (or left out by null), then loads its signer. */
async function load(changed: Record<string, string | null> = {}, rows = vectorKeyRows()): Promise<OAuthKeys | null> {
  for (const [path, content] of vectorSiteFiles()) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const text = name in changed ? changed[name] : content;
    if (text !== null && text !== undefined) await writeSiteFile(join(site, path), text, 0o640, random);
  }
  return findOAuthKeys(site, rows, box);
}

function withoutRows(...names: string[]): Map<string, string> {
  return new Map([...vectorKeyRows()].filter(([name]) => !names.includes(name)));
}

describe('findOAuthKeys', () => {
  it('loads the signer of the EHR, with rows of either version', async () => {
    const { decrypted, jwk, keys_table_v6: six } = EHR_VECTORS.oauth_keys;
    for (const rows of [vectorKeyRows(), new Map([...vectorKeyRows(), ...Object.entries(six)])]) {
      const keys = await load({}, rows);
      expect(keys?.opaqueTokenPassword).toBe(decrypted.oauth2key);
      expect(keys?.publicKey.export({ format: 'jwk' })).toMatchObject({ kty: 'RSA', n: jwk.n, e: jwk.e });
      expect(keys?.privateKey.type).toBe('private');
    }
  });

  it('verifies the tokens that the EHR signed, and signs what its public key verifies', async () => {
    const keys = await load();
    if (!keys) throw new Error('no keys');
    const samples = Object.values(EHR_VECTORS.jwt_samples);
    expect(samples).toHaveLength(3);
    for (const { token } of samples) {
      const [head, body, signature = ''] = token.split('.');
      const verifier = createVerify('RSA-SHA256').update(`${head}.${body}`);
      expect(verifier.verify(keys.publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    }
    const signed = createSign('RSA-SHA256').update('text').sign(keys.privateKey);
    expect(createVerify('RSA-SHA256').update('text').verify(EHR_VECTORS.oauth_keys[PUBLIC], signed)).toBe(true);
  });

  it('is null for a site that never issued a token', async () => {
    expect(await load({ [PRIVATE]: null, [PUBLIC]: null }, withoutRows('oauth2key', 'oauth2passphrase'))).toBeNull();
  });

  it.each<[Record<string, null>, string[], RegExp]>([
    [{ [PRIVATE]: null }, [], /missing: file .*oaprivate\.key; restore/],
    [{ [PUBLIC]: null }, [], /missing: file .*oapublic\.key; restore/],
    [{}, ['oauth2key'], /missing: row oauth2key of the table keys; restore/],
    [{}, ['oauth2passphrase'], /missing: row oauth2passphrase of the table keys; restore/],
    [{ [PRIVATE]: null, [PUBLIC]: null }, ['oauth2key'], /missing: row oauth2key .*, file .*oaprivate\.key, file .*oapublic\.key;/],
  ])('refuses an incomplete signer, naming what is missing (%#)', async (files, rows, message) => {
    const loading = load(files, withoutRows(...rows));
    await expect(loading).rejects.toThrow(OAuthKeysError);
    await expect(loading).rejects.toThrow(message);
  });

  it('refuses a public key of another pair', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    await expect(load({ [PUBLIC]: publicKey.export({ type: 'spki', format: 'pem' }).toString() })).rejects.toThrow(
      /oapublic\.key is not the public half of/,
    );
  });

  it('refuses keys that cannot sign RS256', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    await expect(load({ [PUBLIC]: publicKey.export({ type: 'spki', format: 'pem' }).toString() })).rejects.toThrow(
      /oapublic\.key is not an RSA key/,
    );
  });

  it('refuses files that are no keys, and says nothing of the pass phrase', async () => {
    await expect(load({ [PUBLIC]: 'garbage' })).rejects.toThrow(/oapublic\.key is not a public key in PEM/);
    await expect(load({ [PRIVATE]: 'garbage' })).rejects.toThrow(
      /oaprivate\.key does not open with the pass phrase of row oauth2passphrase/,
    );
    const wrong = new Map([...vectorKeyRows(), ['oauth2passphrase', box.seal('another pass phrase')]]);
    const refusal = await load({}, wrong).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(OAuthKeysError);
    expect(String(refusal)).not.toContain('another pass phrase');
  });

  it('keeps the pieces where the EHR keeps them', () => {
    expect(sitePaths('/sites/default')).toEqual({
      keyFolder: '/sites/default/documents/logs_and_misc/methods',
      privateKey: '/sites/default/documents/certificates/oaprivate.key',
      publicKey: '/sites/default/documents/certificates/oapublic.key',
    });
  });
});
