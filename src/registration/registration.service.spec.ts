import { SentParameters } from '../protocol/parameters/form.js';
import { type ClientsFloor, openClientsFloor } from '../../test/support/clients-floor.js';
import type { ClientInformationDto } from './client-information.dto.js';
import { REGISTRATION_EXAMPLES } from './registration.openapi.js';
import { RegistrationPolicies } from './registration-policy.js';
import { RegistrationService } from './registration.service.js';

const PUBLIC = { application_type: 'public', client_name: 'App', redirect_uris: ['https://app.example/cb'], scope: 'openid' };
const CONFIDENTIAL = { ...PUBLIC, application_type: 'private', scope: 'openid api:fhir' };
const SIGNING = { ...CONFIDENTIAL, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'EC', x: 'x', y: 'y' }] } };

describe('RegistrationService', () => {
  let floor: ClientsFloor;
  let registration: RegistrationService;

  beforeAll(async () => {
    floor = await openClientsFloor();
    registration = new RegistrationService(
      floor.clients,
      floor.issuer,
      new RegistrationPolicies(floor.settings, floor.config),
      floor.settings,
      floor.transactions,
      floor.ehrClock,
      floor.config,
    );
  });
  afterAll(() => floor.close());

  const readBack = (answer: ClientInformationDto, token = answer.registration_access_token): Promise<ClientInformationDto> =>
    registration.read(answer.registration_client_uri.split('/').pop() ?? '', token);
  const setGlobal = async (name: string, value: string): Promise<void> => {
    await floor.source.query('UPDATE globals SET gl_value = ? WHERE gl_name = ?', [value, name]);
    floor.clock.advance(10);
  };

  it('registers a public client, which has no secret', async () => {
    const answer = await registration.register(PUBLIC);
    expect(answer).toEqual({
      client_id: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      registration_access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      registration_client_uri: expect.stringMatching(/^http:\/\/localhost:3000\/oauth2\/default\/client\/[A-Za-z0-9_-]{22}$/),
      client_id_issued_at: floor.clock.now().getTime() / 1000,
      client_role: 'patient',
      client_name: 'App',
      application_type: 'public',
      redirect_uris: ['https://app.example/cb'],
      scope: 'openid',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      dsi_type: 'none',
    });
  });

  it('registers a confidential client whose secret opens the door at once', async () => {
    const answer = await registration.register(CONFIDENTIAL);
    expect(answer).toMatchObject({
      client_secret: expect.stringMatching(/^[A-Za-z0-9_-]{86}$/),
      client_secret_expires_at: 0,
      client_role: 'user',
      token_endpoint_auth_method: 'client_secret_basic',
    });
    expect(answer).not.toHaveProperty('approval');
    const form = new SentParameters(Object.entries({ client_id: answer.client_id, client_secret: answer.client_secret ?? '' }));
    expect(await floor.authentication.authenticate(form, undefined)).toMatchObject({ clientId: answer.client_id });
  });

  it.each(Object.entries(REGISTRATION_EXAMPLES))('takes the documented example of a client: %s', async (name, { value }) => {
    if (name === 'service') await setGlobal('rest_system_scopes_api', '1');
    expect(await registration.register(value)).toMatchObject(value);
    await setGlobal('rest_system_scopes_api', '0');
  });

  it('gives a client that signs no secret', async () => {
    const answer = await registration.register(SIGNING);
    expect(answer).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', client_role: 'user', jwks: SIGNING.jwks });
    expect(answer).not.toHaveProperty('client_secret');
    expect(answer).not.toHaveProperty('client_secret_expires_at');
    expect(await readBack(answer)).toEqual(answer);
  });

  it('reads back what was registered', async () => {
    const answer = await registration.register({
      ...CONFIDENTIAL,
      client_name: 'Größe 😀',
      redirect_uris: ['https://app.example/a', 'https://app.example/b'],
      post_logout_redirect_uris: ['https://app.example/out'],
      contacts: ['a@app.example', 'b@app.example'],
      grant_types: ['authorization_code', 'refresh_token'],
      jwks_uri: 'https://app.example/jwks.json',
      initiate_login_uri: 'https://app.example/launch',
      policy_uri: 'https://app.example/policy',
      tos_uri: 'https://app.example/tos',
      dsi_type: 'evidence',
      dsi_source_attributes: [{ name: 'developer', value: 'App, Inc.' }],
    });
    expect(answer).toMatchObject({ client_name: 'Größe 😀', dsi_type: 'evidence', contacts: ['a@app.example', 'b@app.example'] });
    expect(await readBack(answer)).toEqual(answer);
  });

  it('returns a logo once, because the EHR has no place for it', async () => {
    const answer = await registration.register({ ...PUBLIC, logo_uri: 'https://app.example/logo.png' });
    expect(answer.logo_uri).toBe('https://app.example/logo.png');
    expect(await readBack(answer)).not.toHaveProperty('logo_uri');
  });

  it('tells a client that it waits for approval, and why', async () => {
    const answer = await registration.register({ ...CONFIDENTIAL, scope: 'openid user/Patient.read' });
    expect(answer.approval).toEqual({ status: 'pending', message: expect.stringMatching(/administrator.*user\/Patient\.read/) });
    expect(await floor.clients.find(answer.client_id)).toMatchObject({ isEnabled: false });
    expect((await readBack(answer)).approval).toEqual({ status: 'pending', message: expect.stringContaining('administrator') });
    await floor.transactions.run((tx) => floor.clients.setEnabled(tx, answer.client_id, true));
    expect(await readBack(answer)).not.toHaveProperty('approval');
  });

  it('lets every client wait where the EHR says so, unless an operator has decided', async () => {
    expect(await registration.register(PUBLIC)).not.toHaveProperty('approval');
    await setGlobal('oauth_app_manual_approval', '1');
    expect(await registration.register(PUBLIC)).toHaveProperty('approval.status', 'pending');
    expect(await registration.register(PUBLIC, { isEnabled: true, reason: 'registered by the operator' })).not.toHaveProperty('approval');
    await setGlobal('oauth_app_manual_approval', '0');
  });

  it('knows system scopes while the EHR does', async () => {
    const system = { ...SIGNING, scope: 'openid system/Patient.read' };
    await expect(registration.register(system)).rejects.toMatchObject({ code: 'invalid_scope' });
    await setGlobal('rest_system_scopes_api', '1');
    expect(await registration.register(system)).toMatchObject({ scope: 'openid system/Patient.read', approval: { status: 'pending' } });
    await setGlobal('rest_system_scopes_api', '0');
  });

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'invalid_client_metadata'],
    ['a list', [PUBLIC], 'invalid_client_metadata'],
    ['a text', 'x', 'invalid_client_metadata'],
    ['no name', { ...PUBLIC, client_name: undefined }, 'invalid_client_metadata'],
    ['a list as name', { ...PUBLIC, client_name: ['App'] }, 'invalid_client_metadata'],
    ['NUL in the name', { ...PUBLIC, client_name: 'A\0' }, 'invalid_client_metadata'],
    ['a name too long', { ...PUBLIC, client_name: 'A'.repeat(81) }, 'invalid_client_metadata'],
    ['a text as redirect_uris', { ...PUBLIC, redirect_uris: 'https://app.example/cb' }, 'invalid_redirect_uri'],
    ['no redirect_uris', { ...PUBLIC, redirect_uris: [] }, 'invalid_redirect_uri'],
    ['plain http', { ...PUBLIC, redirect_uris: ['http://app.example/cb'] }, 'invalid_redirect_uri'],
    ['an unknown scope', { ...PUBLIC, scope: 'openid everything' }, 'invalid_scope'],
    ['user scopes without a secret', { ...PUBLIC, scope: 'user/Patient.read' }, 'invalid_client_metadata'],
    ['an unknown grant type', { ...PUBLIC, grant_types: ['implicit'] }, 'invalid_client_metadata'],
    [
      'deep junk',
      { ...PUBLIC, jwks: JSON.parse(`{"keys":[{"kty":"EC","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}]}`) },
      'invalid_client_metadata',
    ],
  ])('refuses %s and stores nothing', async (_what, body, code) => {
    const before = await floor.clients.list();
    await expect(registration.register(body)).rejects.toMatchObject({ code, status: 400 });
    expect(await floor.clients.list()).toEqual(before);
  });

  it('reads nothing back without the right token, and does not say what is wrong', async () => {
    const [one, other] = [await registration.register(PUBLIC), await registration.register(PUBLIC)];
    const path = one.registration_client_uri.split('/').pop() ?? '';
    const wrong: [string, string | null][] = [
      [path, null],
      [path, ''],
      [path, other.registration_access_token],
      [path, one.registration_access_token.toLowerCase()],
      [path.toUpperCase(), one.registration_access_token],
      ['nowhere', one.registration_access_token],
      ['\0', one.registration_access_token],
    ];
    for (const [where, token] of wrong) {
      await expect(registration.read(where, token)).rejects.toMatchObject({
        code: 'invalid_token',
        status: 401,
        description: 'The registration access token is not valid here.',
      });
    }
  });

  it('reads nothing back for a client that never got a token', async () => {
    const answer = await registration.register(PUBLIC);
    for (const none of [null, '']) {
      await floor.source.query('UPDATE oauth_clients SET registration_token = ? WHERE client_id = ?', [none, answer.client_id]);
      for (const token of ['', null, 'null']) {
        await expect(registration.read(answer.registration_client_uri.split('/').pop() ?? '', token)).rejects.toMatchObject({
          code: 'invalid_token',
        });
      }
    }
  });

  it('does not stumble over what others have written', async () => {
    const answer = await registration.register(SIGNING);
    for (const jwks of ['{', '[]', '"x"', '{"keys":1}', '']) {
      await floor.source.query(
        "UPDATE oauth_clients SET jwks = ?, dsi_type = 7, grant_types = NULL, register_date = '0000-00-00 00:00:00' WHERE client_id = ?",
        [jwks, answer.client_id],
      );
      const read = await readBack(answer);
      expect(read).toMatchObject({ grant_types: ['authorization_code'] });
      for (const member of ['jwks', 'dsi_type', 'client_id_issued_at']) expect(read).not.toHaveProperty(member);
    }
  });
});
