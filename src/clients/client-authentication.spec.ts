import { DEMO_CLIENTS } from '../platform/database/embedded/demo-clients.js';
import type { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import { Client } from './client.entity.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientDefaults } from './client-defaults.entity.js';
import { ClientsService } from './clients.service.js';
import { RegisteredOrigins } from './registered-origins.js';
import { isSameSecret } from './same-secret.js';
import { SourceAttribute } from './source-attribute.entity.js';

const [CONFIDENTIAL, PUBLIC] = DEMO_CLIENTS as [(typeof DEMO_CLIENTS)[number], (typeof DEMO_CLIENTS)[number]];
const SECRET = CONFIDENTIAL.clientSecret ?? '';
const basic = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

describe('ClientAuthentication', () => {
  let floor: ClientsFloor;

  beforeAll(async () => (floor = await openClientsFloor()));
  afterAll(() => floor.close());

  const authenticate = (form: Record<string, string>, authorization?: string): Promise<Client> =>
    floor.authentication.authenticate(new SentParameters(Object.entries(form)), authorization);
  const refusal = (form: Record<string, string>, authorization?: string): Promise<OAuthError> =>
    authenticate(form, authorization).then(
      () => Promise.reject(new Error('was let in')),
      (error: OAuthError) => error,
    );
  const set = (clientId: string, changes: Partial<Client>) => floor.source.getRepository(Client).update({ clientId }, changes);

  it('knows a confidential client by its secret, in the header or in the form', async () => {
    expect(await authenticate({}, basic(CONFIDENTIAL.clientId, SECRET))).toMatchObject({ clientId: CONFIDENTIAL.clientId });
    expect(await authenticate({ client_id: CONFIDENTIAL.clientId, client_secret: SECRET })).toMatchObject({
      clientId: CONFIDENTIAL.clientId,
    });
  });

  it('knows a public client by its name', async () => {
    expect(await authenticate({ client_id: PUBLIC.clientId })).toMatchObject({ clientId: PUBLIC.clientId });
    expect(await authenticate({ client_id: PUBLIC.clientId, client_secret: '' })).toMatchObject({ clientId: PUBLIC.clientId });
    expect(await authenticate({}, basic(PUBLIC.clientId, ''))).toMatchObject({ clientId: PUBLIC.clientId });
  });

  it('refuses everyone else in the same words, and tells the log which it was', async () => {
    const refusals: readonly (readonly [detail: string, form: Record<string, string>, authorization?: string])[] = [
      ['unknown client', { client_id: 'nobody' }],
      ['unknown client', { client_id: 'nobody', client_secret: SECRET }],
      ['unknown client', {}, basic('nobody', SECRET)],
      ['is confidential and sent no secret', { client_id: CONFIDENTIAL.clientId }],
      ['is confidential and sent no secret', {}, basic(CONFIDENTIAL.clientId, '')],
      ['sent a wrong secret', { client_id: CONFIDENTIAL.clientId, client_secret: `${SECRET}x` }],
      ['sent a wrong secret', { client_id: CONFIDENTIAL.clientId, client_secret: SECRET.slice(1) }],
      ['sent a wrong secret', {}, basic(CONFIDENTIAL.clientId, 'wrong')],
      ['is public and sent a secret', { client_id: PUBLIC.clientId, client_secret: 'something' }],
      ['unknown client', { client_id: CONFIDENTIAL.clientId.toUpperCase(), client_secret: SECRET }],
    ];
    for (const [detail, form, authorization] of refusals) {
      const error = await refusal(form, authorization);
      expect(error).toMatchObject({ code: 'invalid_client', description: 'Client authentication failed.', status: 401 });
      expect(error.detail).toContain(detail);
      expect(error.detail).not.toContain(SECRET);
    }
  });

  it('refuses a client without a stored secret whatever it sends', async () => {
    await set(CONFIDENTIAL.clientId, { encryptedSecret: '' });
    const stored = (await floor.clients.find(CONFIDENTIAL.clientId))!;
    expect(await refusal({ client_id: stored.clientId, client_secret: 'x' })).toMatchObject({
      code: 'invalid_client',
      detail: expect.stringContaining('has no secret'),
    });
    await set(CONFIDENTIAL.clientId, { encryptedSecret: floor.site.secretBox.seal(SECRET) });
  });

  it('tells a client that it waits for approval only when it has proven to be that client', async () => {
    await set(CONFIDENTIAL.clientId, { isEnabled: false });
    await set(PUBLIC.clientId, { isEnabled: false });
    const waiting = {
      code: 'unauthorized_client',
      status: 400,
      description: expect.stringContaining('waits for approval by an administrator'),
    };
    expect(await refusal({}, basic(CONFIDENTIAL.clientId, SECRET))).toMatchObject(waiting);
    expect(await refusal({ client_id: PUBLIC.clientId })).toMatchObject(waiting);
    expect(await refusal({}, basic(CONFIDENTIAL.clientId, 'wrong'))).toMatchObject({ code: 'invalid_client' });
    await set(CONFIDENTIAL.clientId, { isEnabled: true });
    await set(PUBLIC.clientId, { isEnabled: true });
  });

  describe('with switches for old clients', () => {
    const change = (clientId: string, name: 'token-without-secret' | 'public-client-secret', isAllowed: boolean): Promise<void> => {
      const [allow, deny] = isAllowed ? [[name], []] : [[], [name]];
      return floor.transactions.run((tx) => floor.compatibility.change(tx, clientId, allow, deny));
    };
    const without = (grantType: string | undefined): Promise<Client> =>
      floor.authentication.authenticate(new SentParameters([['client_id', CONFIDENTIAL.clientId]]), undefined, { grantType });
    const refused = expect.objectContaining({ code: 'invalid_client' }) as Error;

    it('lets off a confidential client that sends no secret, where grants are exchanged and it has one to send', async () => {
      await expect(without('refresh_token')).rejects.toEqual(refused);
      await change(CONFIDENTIAL.clientId, 'token-without-secret', true);
      for (const grantType of ['refresh_token', 'authorization_code', 'password']) {
        expect(await without(grantType)).toMatchObject({ clientId: CONFIDENTIAL.clientId });
      }
      for (const grantType of ['client_credentials', undefined]) await expect(without(grantType)).rejects.toEqual(refused);
      expect(await refusal({ client_id: CONFIDENTIAL.clientId, client_secret: 'wrong' })).toEqual(refused);
      const { encryptedSecret } = (await floor.clients.find(CONFIDENTIAL.clientId))!;
      await set(CONFIDENTIAL.clientId, { encryptedSecret: null });
      await expect(without('refresh_token')).rejects.toEqual(refused);
      await set(CONFIDENTIAL.clientId, { encryptedSecret, isEnabled: false });
      await expect(without('refresh_token')).rejects.toMatchObject({ code: 'unauthorized_client' });
      await set(CONFIDENTIAL.clientId, { isEnabled: true });
      await change(CONFIDENTIAL.clientId, 'token-without-secret', false);
    });

    it('passes over the secret of a public client', async () => {
      await change(PUBLIC.clientId, 'public-client-secret', true);
      expect(await authenticate({ client_id: PUBLIC.clientId, client_secret: 'x' })).toMatchObject({ clientId: PUBLIC.clientId });
      expect(await authenticate({}, basic(PUBLIC.clientId, 'x'))).toMatchObject({ clientId: PUBLIC.clientId });
      expect(await refusal({ client_id: 'nobody', client_secret: 'x' })).toEqual(refused);
      await change(PUBLIC.clientId, 'public-client-secret', false);
    });
  });

  it('refuses an assertion that proves nothing in the words of a wrong secret', async () => {
    const error = await refusal({
      client_id: CONFIDENTIAL.clientId,
      client_assertion: 'a.b.c',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    });
    expect(error).toMatchObject({ code: 'invalid_client', description: 'Client authentication failed.', status: 401 });
    expect(error.detail).toContain('assertion');
  });

  it('refuses credentials that contradict each other', async () => {
    expect(await refusal({ client_secret: SECRET, client_id: CONFIDENTIAL.clientId }, basic(CONFIDENTIAL.clientId, SECRET))).toMatchObject({
      code: 'invalid_request',
    });
    const twice = new SentParameters([
      ['client_id', PUBLIC.clientId],
      ['client_id', PUBLIC.clientId],
    ]);
    await expect(floor.authentication.authenticate(twice, undefined)).rejects.toMatchObject({ code: 'invalid_request' });
  });

  it('takes a secret that cannot be opened for the fault of the server', async () => {
    const { encryptedSecret } = (await floor.clients.find(CONFIDENTIAL.clientId))!;
    await set(CONFIDENTIAL.clientId, { encryptedSecret: `${encryptedSecret?.slice(0, -8)}AAAAAAA=` });
    expect(await refusal({}, basic(CONFIDENTIAL.clientId, SECRET))).toMatchObject({
      code: 'server_error',
      detail: expect.stringContaining(`the secret of client ${CONFIDENTIAL.clientId} cannot be opened`),
    });
    await set(CONFIDENTIAL.clientId, { encryptedSecret });
  });

  it('opens and compares a secret for a client that does not exist as well', async () => {
    const opened: (string | null)[] = [];
    class Watched extends ClientsService {
      override openSecret(client: Pick<Client, 'clientId' | 'encryptedSecret'>): string {
        opened.push(client.encryptedSecret);
        return super.openSecret(client);
      }
    }
    const repository = floor.source.getRepository(Client);
    const watched = new Watched(
      repository,
      floor.source.getRepository(SourceAttribute),
      floor.source.getRepository(ClientDefaults),
      new RegisteredOrigins(repository, floor.clock),
      floor.site,
    );
    const authentication = new ClientAuthentication(watched, floor.compatibility, floor.assertions, floor.site, floor.random);
    for (const id of ['nobody', PUBLIC.clientId, CONFIDENTIAL.clientId]) {
      const form = new SentParameters(Object.entries({ client_id: id, client_secret: 'x' }));
      await expect(authentication.authenticate(form, undefined)).rejects.toMatchObject({ code: 'invalid_client' });
    }
    expect(opened).toEqual(Array(3).fill(expect.stringMatching(/^007/)));
    expect(opened[0]).toHaveLength(opened[2]?.length ?? 0);
  });
});

describe('isSameSecret', () => {
  it('compares secrets of any length', () => {
    expect(isSameSecret('abc', 'abc')).toBe(true);
    for (const [one, other] of [
      ['abc', 'abd'],
      ['abc', 'ab'],
      ['', 'a'],
      ['ä', 'a\u0308'],
    ] as const)
      expect(isSameSecret(one, other)).toBe(false);
  });
});
