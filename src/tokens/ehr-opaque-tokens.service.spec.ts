import { EHR_VECTORS, vectorKeyRing } from '../../test/support/ehr-vectors.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { HashingQueue } from '../platform/ambient/hashing-queue.js';
import { sealOpaqueToken } from '../platform/ehr/defuse.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { SecretBox } from '../platform/ehr/secret-box.js';
import { EhrOpaqueTokens } from './ehr-opaque-tokens.service.js';

const random = new SeededRandom();
const { oauth_keys: keys, opaque_tokens: vectors } = EHR_VECTORS;
const password = keys.decrypted.oauth2key;
const site = new EhrSite('ehr', '/site', new SecretBox(vectorKeyRing(random), { databaseEncryption: true }), {
  privateKey: createPrivateKey({ key: keys['oaprivate.key'], passphrase: keys.decrypted.oauth2passphrase }),
  publicKey: createPublicKey(keys['oapublic.key']),
  opaqueTokenPassword: password,
});

describe('EhrOpaqueTokens', () => {
  it.each(vectors.filter(({ payload }) => payload !== undefined))('opens what PHP sealed: $kind', async ({ token, payload }) => {
    expect(await new EhrOpaqueTokens(site, random).open(token)).toEqual(JSON.parse(payload ?? ''));
  });

  it.each(vectors.filter(({ decrypts }) => decrypts === false))('does not open: $kind', async ({ token }) => {
    expect(await new EhrOpaqueTokens(site, random).open(token)).toBeNull();
  });

  it('does not open what another site sealed', async () => {
    const foreign = await sealOpaqueToken('{}', `${password.slice(1)}A`, random);
    expect(await new EhrOpaqueTokens(site, random).open(foreign)).toBeNull();
  });

  it('opens what it sealed itself', async () => {
    const opaqueTokens = new EhrOpaqueTokens(site, random);
    expect(await opaqueTokens.open(await opaqueTokens.seal('{"client_id":"é"}'))).toEqual({ client_id: 'é' });
  });

  it.each(['not JSON', '[]', 'null', '"text"', '7', ''])('finds no members in: %j', async (text) => {
    expect(await new EhrOpaqueTokens(site, random).open(await sealOpaqueToken(text, password, random))).toBeNull();
  });

  it('opens so many at once, lets so many wait, and asks the rest to come back', async () => {
    const [{ token } = { token: '' }] = vectors;
    const opaqueTokens = new EhrOpaqueTokens(site, random, new HashingQueue(1, 1));
    const answers = await Promise.allSettled(Array.from({ length: 3 }, () => opaqueTokens.open(token)));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(Promise.all([1, 2, 3].map(() => opaqueTokens.open(token)))).rejects.toMatchObject({
      code: 'temporarily_unavailable',
      status: 503,
      retryAfter: 2,
    });
  });
});
