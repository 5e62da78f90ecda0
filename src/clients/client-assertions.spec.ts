import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto';
import fc from 'fast-check';
import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import { KeyHost } from '../../test/support/key-host.js';
import { type AssertionOptions, presenting, SigningKey } from '../../test/support/signing-key.js';
import { DEMO_CLIENTS } from '../platform/database/embedded/demo-clients.js';
import { ASSERTION_ALGORITHMS } from '../protocol/client/assertion.js';
import type { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { AssertionHistory } from './assertion-history.entity.js';
import { Client } from './client.entity.js';
import { UsedAssertion } from './used-assertion.entity.js';

const [CONFIDENTIAL, PUBLIC] = DEMO_CLIENTS as [(typeof DEMO_CLIENTS)[number], (typeof DEMO_CLIENTS)[number]];
const ID = CONFIDENTIAL.clientId;

describe('ClientAssertions', () => {
  let floor: ClientsFloor;
  const keys = new Map<string, SigningKey>();

  beforeAll(async () => {
    floor = await openClientsFloor();
    for (const algorithm of ASSERTION_ALGORITHMS) keys.set(algorithm, await SigningKey.make(algorithm));
    await register([...keys.values()]);
  });
  afterAll(() => floor.close());

  const keyOf = (algorithm: string): SigningKey => keys.get(algorithm)!;
  const set = (changes: Partial<Client>, clientId = ID) => floor.source.getRepository(Client).update({ clientId }, changes);
  const register = (of: readonly SigningKey[]) => set({ jwks: JSON.stringify({ keys: of.map(({ jwk }) => jwk) }), jwksUri: null });
  const sign = (key: SigningKey, options: AssertionOptions = {}, clientId = ID): Promise<string> =>
    key.assertion(clientId, floor.config.issuer, floor.clock.now(), options);
  const present = (assertion: string, more: Record<string, string> = {}): Promise<Client> =>
    floor.authentication.authenticate(new SentParameters(Object.entries({ ...presenting(assertion), ...more })), undefined);
  const detailOf = (attempt: Promise<Client>): Promise<string | undefined> =>
    attempt.then(
      () => Promise.reject(new Error('was let in')),
      (error: OAuthError) => {
        expect(error).toMatchObject({ code: 'invalid_client', status: 401, description: 'Client authentication failed.' });
        return error.detail;
      },
    );

  it.each(ASSERTION_ALGORITHMS)('knows a client by what it has signed with %s, with and without kid', async (algorithm) => {
    expect(await present(await sign(keyOf(algorithm)))).toMatchObject({ clientId: ID });
    expect(await present(await sign(keyOf(algorithm), { header: { kid: undefined } }), { client_id: ID })).toMatchObject({ clientId: ID });
  });

  it('tries every key that fits, where the assertion names none', async () => {
    const [one, two] = [await SigningKey.make('ES384', 'one'), await SigningKey.make('ES384', 'two')];
    await register([one, two]);
    for (const key of [one, two]) expect(await present(await sign(key, { header: { kid: undefined } }))).toMatchObject({ clientId: ID });
    expect(await detailOf(present(await sign(one, { header: { kid: 'two' } })))).toContain('no key of it has signed (ES384)');
    expect(await detailOf(present(await sign(one, { header: { kid: 'three' } })))).toContain('no key of it has signed');
    await register([...keys.values()]);
  });

  it('takes no key for an algorithm that is not its own', async () => {
    const jwk = { ...keyOf('RS384').jwk, alg: 'RS384' };
    await set({ jwks: JSON.stringify({ keys: [jwk] }) });
    expect(await present(await sign(keyOf('RS384')))).toMatchObject({ clientId: ID });
    await set({ jwks: JSON.stringify({ keys: [{ ...jwk, alg: 'PS384' }] }) });
    expect(await detailOf(present(await sign(keyOf('RS384'))))).toContain('no key of it has signed');
    await register([...keys.values()]);
  });

  it('is not confused about algorithms: nothing that a public key alone can make is a signature', async () => {
    const stated = fc.constantFrom('HS256', 'HS384', 'HS512', 'none', 'NONE', 'RS512', '', ...ASSERTION_ALGORITHMS);
    const secretOf = (algorithm: string): (string | Buffer)[] => {
      const publicKey = createPublicKey({ key: keyOf(algorithm).jwk as JsonWebKey, format: 'jwk' });
      return [publicKey.export({ type: 'spki', format: 'pem' }), publicKey.export({ type: 'spki', format: 'der' })];
    };
    await fc.assert(
      fc.asyncProperty(
        stated,
        fc.constantFrom(...ASSERTION_ALGORITHMS),
        fc.nat(2),
        fc.constantFrom(256, 384),
        async (alg, of, how, bits) => {
          const [, payload = ''] = (await sign(keyOf(of))).split('.');
          const input = `${Buffer.from(JSON.stringify({ alg, kid: keyOf(of).keyId })).toString('base64url')}.${payload}`;
          const secret = secretOf(of)[how];
          const signature = secret === undefined ? '' : createHmac(`sha${bits}`, secret).update(input).digest('base64url');
          await detailOf(present(`${input}.${signature}`));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('does not take a signature by another algorithm of the same key', async () => {
    const [, payload, signature] = (await sign(keyOf('RS256'))).split('.');
    for (const alg of ['RS384', 'PS256']) {
      const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
      expect(await detailOf(present(`${header}.${payload}.${signature}`))).toContain('no key of it has signed');
    }
  });

  it('refuses everyone else in the same words, and tells the log which it was', async () => {
    const key = keyOf('ES384');
    const stranger = await SigningKey.make('ES384', key.keyId);
    const [header, , signature] = (await sign(key)).split('.');
    const [, changed] = (await sign(key)).split('.');
    expect(await detailOf(present(await sign(key, {}, 'nobody')))).toBe('unknown client');
    expect(await detailOf(present(await sign(key, {}, PUBLIC.clientId)))).toContain('is public and sent an assertion');
    expect(await detailOf(present(await sign(stranger)))).toContain('no key of it has signed');
    expect(await detailOf(present(`${header}.${changed}.${signature}`))).toContain('no key of it has signed');
    expect(await detailOf(present(await sign(key), { client_id: PUBLIC.clientId }))).toContain('another client');
    expect(await detailOf(present(await sign(key, { header: { crit: ['urn:example:unknown'], 'urn:example:unknown': 1 } })))).toContain(
      'no key of it has signed',
    );
  });

  it('says that the client has no keys, or none that can be read', async () => {
    await set({ jwks: '' });
    expect(await detailOf(present(await sign(keyOf('ES384'))))).toContain('neither jwks nor jwks_uri is registered');
    await set({ jwks: 'see our website' });
    expect(await detailOf(present(await sign(keyOf('ES384'))))).toContain('the registered jwks is not a key set');
    await register([...keys.values()]);
  });

  it('refuses RSA keys that are too short', async () => {
    const { publicKey, privateKey } = await crypto.subtle.generateKey(
      { name: 'RSASSA-PKCS1-v1_5', modulusLength: 1024, publicExponent: new Uint8Array([1, 0, 1]), hash: 'SHA-256' },
      true,
      ['sign', 'verify'],
    );
    await set({ jwks: JSON.stringify({ keys: [{ ...(await crypto.subtle.exportKey('jwk', publicKey)), key_ops: undefined }] }) });
    const [, payload = ''] = (await sign(keyOf('RS256'))).split('.');
    const input = `${Buffer.from('{"alg":"RS256"}').toString('base64url')}.${payload}`;
    const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', privateKey, Buffer.from(input));
    expect(await detailOf(present(`${input}.${Buffer.from(signature).toString('base64url')}`))).toContain('no key of it has signed');
    await register([...keys.values()]);
  });

  it('tells a client that it waits for approval when it has proven to be that client', async () => {
    await set({ isEnabled: false });
    await expect(present(await sign(keyOf('ES384')))).rejects.toMatchObject({ code: 'unauthorized_client' });
    await set({ isEnabled: true });
  });

  describe('once', () => {
    it('takes an assertion once, even many times at once, and from each client its own jti', async () => {
      const assertion = await sign(keyOf('ES256'), { claims: { jti: 'shared' } });
      const attempts = await Promise.allSettled(Array.from({ length: 10 }, () => present(assertion)));
      expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await detailOf(present(assertion))).toContain('was used before');
      expect(await detailOf(present(await sign(keyOf('RS256'), { claims: { jti: 'shared' } })))).toContain('was used before');
      expect(await present(await sign(keyOf('ES256'), { claims: { jti: 'SHARED' } }))).toMatchObject({ clientId: ID });
    });

    it('uses up none that was not proven', async () => {
      const stranger = await SigningKey.make('ES256', keyOf('ES256').keyId);
      const claims = { jti: 'contested' };
      await detailOf(present(await sign(stranger, { claims })));
      expect(await present(await sign(keyOf('ES256'), { claims }))).toMatchObject({ clientId: ID });
    });

    it('tells the EHR, and heeds what its own server has taken', async () => {
      const history = floor.source.getRepository(AssertionHistory);
      await present(await sign(keyOf('ES256'), { claims: { jti: 'told' } }));
      expect(await history.findOneBy({ jti: 'told' })).toMatchObject({
        clientId: ID,
        expiresAt: expect.stringMatching(/^2026-01-01 00:06:00/),
      });
      const row = { clientId: ID, expiresAt: '2026-01-01 00:01:00', createdAt: '2026-01-01 00:00:00' };
      await history.insert([
        { ...row, jti: 'taken' },
        { ...row, jti: 'endless', expiresAt: null },
        { ...row, jti: 'ended', expiresAt: '2025-12-31 23:59:59' },
        { ...row, jti: 'of another', clientId: 'other' },
      ]);
      for (const jti of ['taken', 'endless']) {
        expect(await detailOf(present(await sign(keyOf('ES256'), { claims: { jti } })))).toContain('was used before');
      }
      for (const jti of ['ended', 'of another', 'j'.repeat(200)]) {
        expect(await present(await sign(keyOf('ES256'), { claims: { jti } }))).toMatchObject({ clientId: ID });
      }
      expect(await history.countBy({ jti: 'j'.repeat(200) })).toBe(0);
    });

    it('forgets what has ended, and of the rows of the EHR those that came with it', async () => {
      const [used, history] = [floor.source.getRepository(UsedAssertion), floor.source.getRepository(AssertionHistory)];
      await present(await sign(keyOf('ES256'), { claims: { jti: 'short', exp: floor.clock.now().getTime() / 1000 + 10 } }));
      await present(await sign(keyOf('ES256'), { claims: { jti: 'long' } }));
      const count = await used.count();
      floor.clock.advance(71);
      expect(await floor.used.deleteExpired(floor.clock.now())).toBe(1);
      expect(await used.count()).toBe(count - 1);
      expect([
        await history.countBy({ jti: 'short' }),
        await history.countBy({ jti: 'long' }),
        await history.countBy({ jti: 'endless' }),
      ]).toEqual([0, 1, 1]);
    });
  });

  describe('by keys at an address', () => {
    let host: KeyHost;
    beforeAll(async () => {
      host = await KeyHost.start();
      await set({ jwksUri: host.uri });
    });
    afterAll(() => host.stop());

    it('takes them before those beside it, and fetches them once', async () => {
      const key = await SigningKey.make('ES384', 'hosted');
      host.publish([key.jwk]);
      for (let n = 0; n < 3; n += 1) expect(await present(await sign(key))).toMatchObject({ clientId: ID });
      expect(await detailOf(present(await sign(keyOf('RS256'))))).toContain('no key of it has signed');
      expect(host.asked).toHaveLength(1);
    });

    it('follows a key that was rolled over, without letting strangers send it there', async () => {
      const next = await SigningKey.make('ES384', 'next');
      host.publish([next.jwk]);
      host.asked.length = 0;
      floor.clock.advance(61);
      expect(await present(await sign(next))).toMatchObject({ clientId: ID });
      for (let n = 0; n < 3; n += 1) await detailOf(present(await sign(next, { header: { kid: `made-up-${n}` } })));
      expect(host.asked).toHaveLength(1);
    });

    it('fetches none for an assertion that would be refused anyway', async () => {
      floor.clock.advance(4000);
      host.asked.length = 0;
      await detailOf(present(await sign(keyOf('ES384'), { claims: { aud: 'https://other.example' } })));
      expect(host.asked).toEqual([]);
    });

    it('says why the keys cannot be had', async () => {
      host.answer((_request, response) => response.writeHead(302, { location: 'http://169.254.169.254/' }).end());
      floor.clock.advance(4000);
      expect(await detailOf(present(await sign(keyOf('ES384'))))).toMatch(/^the keys of client .* cannot be had: http:.* answered 302$/);
    });
  });
});
