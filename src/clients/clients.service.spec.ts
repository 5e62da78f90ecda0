import { DEMO_CLIENTS } from '../platform/database/embedded/demo-clients.js';
import type { ClientMetadata } from '../protocol/client/client-metadata.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import { Client } from './client.entity.js';
import { SourceAttribute } from './source-attribute.entity.js';

const [CONFIDENTIAL, PUBLIC] = DEMO_CLIENTS as [(typeof DEMO_CLIENTS)[number], (typeof DEMO_CLIENTS)[number]];

const METADATA: ClientMetadata = {
  applicationType: 'private',
  isConfidential: true,
  tokenEndpointAuthMethod: 'client_secret_basic',
  name: 'Sepsis 🩺 Watch',
  redirectUris: ['https://sepsis.example/a', 'https://sepsis.example/b'],
  postLogoutRedirectUris: [],
  grantTypes: ['authorization_code'],
  responseTypes: ['code'],
  scope: ['openid', 'user/Patient.read'],
  contacts: ['a@sepsis.example'],
  jwks: { keys: [{ kty: 'EC', crv: 'P-384', x: 'x', y: 'y' }] },
  jwksUri: null,
  initiateLoginUri: null,
  clientUri: null,
  logoUri: null,
  policyUri: null,
  tosUri: null,
  dsiType: 'predictive',
  dsiSourceAttributes: [
    { name: 'developer', value: 'Sepsis, Inc.\nBerlin' },
    { name: 'funding', value: '' },
  ],
  defaultAcrValues: ['urn:example:gold', '2'],
};

describe('ClientsService', () => {
  let floor: ClientsFloor;

  beforeEach(async () => (floor = await openClientsFloor()));
  afterEach(() => floor.close());

  const create = async (metadata: ClientMetadata = METADATA, isEnabled = true) => {
    const issued = await floor.issuer.issue(metadata, { isEnabled });
    await floor.transactions.run((tx) => floor.clients.create(tx, issued));
    return issued;
  };
  const rows = (table: string): Promise<Record<string, unknown>[]> => floor.source.query(`SELECT * FROM ${table}`);

  it('finds a client by its very id', async () => {
    expect(await floor.clients.find(PUBLIC.clientId)).toMatchObject({ name: PUBLIC.clientName, isConfidential: false, isEnabled: true });
    for (const id of [PUBLIC.clientId.toUpperCase(), `${PUBLIC.clientId} `, '', 'x'.repeat(81), '😀', 'a\0b']) {
      expect(await floor.clients.find(id)).toBeNull();
    }
  });

  it('finds a client by its registration path', async () => {
    expect(await floor.clients.findByRegistrationPath(CONFIDENTIAL.registrationUriPath)).toMatchObject({ clientId: CONFIDENTIAL.clientId });
    for (const path of [CONFIDENTIAL.registrationUriPath.toUpperCase(), '', '%', "' OR 1=1", '😀']) {
      expect(await floor.clients.findByRegistrationPath(path)).toBeNull();
    }
  });

  it('keeps a client as the EHR keeps it', async () => {
    const { client, secret } = await create();
    const row = (await rows('oauth_clients')).find((stored) => stored.client_id === client.clientId);
    expect(row).toMatchObject({
      client_role: 'user',
      client_name: 'Sepsis 🩺 Watch',
      register_date: '2026-01-01 00:00:00',
      redirect_uri: 'https://sepsis.example/a|https://sepsis.example/b',
      logout_redirect_uris: null,
      grant_types: 'authorization_code',
      scope: 'openid user/Patient.read',
      site_id: 'default',
      is_confidential: 1,
      is_enabled: 1,
      skip_ehr_launch_authorization_flow: 0,
      dsi_type: 2,
      jwks: '{"keys":[{"kty":"EC","crv":"P-384","x":"x","y":"y"}]}',
    });
    expect(client.clientId).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(secret).toMatch(/^[A-Za-z0-9_-]{86}$/);
    expect(row?.registration_token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(row?.registration_uri_path).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(String(row?.client_secret)).toMatch(/^007/);
    expect(String(row?.client_secret)).not.toContain(String(secret));
    expect(floor.clients.openSecret((await floor.clients.find(client.clientId))!)).toBe(secret);
    expect(await floor.clients.sourceAttributesOf(client.clientId)).toEqual(METADATA.dsiSourceAttributes);
    expect((await rows('dsi_source_attributes')).map((stored) => stored.list_id)).toEqual(
      Array(2).fill('dsi_predictive_source_attributes'),
    );
  });

  it('makes no secret for a client that signs, none for a public one, and keeps no attributes of a client without decision support', async () => {
    const signing = await create({ ...METADATA, tokenEndpointAuthMethod: 'private_key_jwt', dsiType: 'none' });
    expect(signing).toMatchObject({ secret: null, sourceAttributes: [], client: { isConfidential: true, encryptedSecret: null } });
    const open = await create({ ...METADATA, isConfidential: false, tokenEndpointAuthMethod: 'none', dsiType: 'none' });
    expect(open).toMatchObject({ secret: null, client: { isConfidential: false, role: 'patient' } });
    expect(await rows('dsi_source_attributes')).toEqual([]);
  });

  it('stores nothing when the attributes cannot be stored', async () => {
    const issued = await floor.issuer.issue(
      { ...METADATA, dsiSourceAttributes: [METADATA.dsiSourceAttributes[0]!, METADATA.dsiSourceAttributes[0]!] },
      { isEnabled: true },
    );
    const before = (await floor.clients.list()).length;
    await expect(floor.transactions.run((tx) => floor.clients.create(tx, issued))).rejects.toMatchObject({
      code: 'invalid_client_metadata',
    });
    expect(await floor.clients.list()).toHaveLength(before);
  });

  it('switches clients off and on', async () => {
    const set = (id: string, isEnabled: boolean) => floor.transactions.run((tx) => floor.clients.setEnabled(tx, id, isEnabled));
    expect(await set(PUBLIC.clientId, false)).toBe(true);
    expect(await floor.clients.find(PUBLIC.clientId)).toMatchObject({ isEnabled: false });
    expect(await floor.clients.find(CONFIDENTIAL.clientId)).toMatchObject({ isEnabled: true });
    expect(await set(PUBLIC.clientId, true)).toBe(true);
    expect(await floor.clients.find(PUBLIC.clientId)).toMatchObject({ isEnabled: true });
    expect(await set('nobody', true)).toBe(false);
  });

  it('deletes a client with its attributes and defaults, and no other', async () => {
    const { client } = await create();
    const other = await create({ ...METADATA, name: 'Other' });
    expect(await floor.transactions.run((tx) => floor.clients.delete(tx, client.clientId))).toBe(true);
    expect(await floor.clients.find(client.clientId)).toBeNull();
    expect(await floor.source.getRepository(SourceAttribute).countBy({ clientId: client.clientId })).toBe(0);
    expect(await floor.clients.sourceAttributesOf(other.client.clientId)).toHaveLength(2);
    expect(await floor.clients.defaultAcrValuesOf(client.clientId)).toEqual([]);
    expect(await floor.clients.defaultAcrValuesOf(other.client.clientId)).toEqual(METADATA.defaultAcrValues);
    expect(await floor.transactions.run((tx) => floor.clients.delete(tx, client.clientId))).toBe(false);
  });

  it('says that a secret cannot be opened without saying what it is', async () => {
    const { client } = await create();
    const [, blob = ''] = /^007(.*)$/.exec(client.encryptedSecret ?? '') ?? [];
    const altered = `007${blob.startsWith('A') ? 'B' : 'A'}${blob.slice(1)}`;
    await floor.source.getRepository(Client).update({ clientId: client.clientId }, { encryptedSecret: altered });
    const stored = (await floor.clients.find(client.clientId))!;
    const error = (() => {
      try {
        return floor.clients.openSecret(stored);
      } catch (thrown) {
        return thrown;
      }
    })();
    expect(error).toMatchObject({ code: 'server_error', detail: expect.stringContaining(client.clientId) });
    expect((error as OAuthError).detail).not.toContain(blob.slice(1));
  });

  it('knows the origins of enabled clients', async () => {
    const isKnown = (origin: string) => floor.clients.isRegisteredOrigin(origin);
    expect(await isKnown('https://client.example.org')).toBe(true);
    expect(await isKnown('http://127.0.0.1:8087')).toBe(true);
    for (const origin of ['http://client.example.org', 'https://client.example.org:8443', 'null', '', 'https://example.org']) {
      expect(await isKnown(origin)).toBe(false);
    }
    await floor.transactions.run((tx) => floor.clients.setEnabled(tx, PUBLIC.clientId, false));
    expect(await isKnown('http://127.0.0.1:8087')).toBe(false);
  });

  it('looks origins up again after a second where unknown, after ten where known', async () => {
    const isKnown = () => floor.clients.isRegisteredOrigin('https://late.example');
    const behindItsBack = (uri: string) =>
      floor.source.query('UPDATE oauth_clients SET redirect_uri = ? WHERE client_id = ?', [uri, PUBLIC.clientId]);
    expect(await isKnown()).toBe(false);
    await behindItsBack('https://late.example/cb');
    expect(await isKnown()).toBe(false);
    floor.clock.advance(1);
    expect(await isKnown()).toBe(true);
    await behindItsBack('org.example.app:/cb');
    floor.clock.advance(9);
    expect(await isKnown()).toBe(true);
    floor.clock.advance(1);
    expect(await isKnown()).toBe(false);
  });
});
