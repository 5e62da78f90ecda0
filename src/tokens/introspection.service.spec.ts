import { ADDRESS, claimsOf, CLINICIAN, CONFIDENTIAL, PUBLIC, TokenServer } from '../../test/support/token-server.js';
import { DEMO_CLIENTS } from '../platform/database/embedded/demo-clients.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { TokenResponse } from '../protocol/token/token-response.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { IntrospectionService } from './introspection.service.js';
import { RevocationService } from './revocation.service.js';

const SECRET = DEMO_CLIENTS.find((client) => client.clientId === CONFIDENTIAL)?.clientSecret ?? '';
const INVALID = { active: false, status: 'invalid' };
const SCOPE = 'openid offline_access fhirUser api:fhir';

describe('IntrospectionService', () => {
  let server: TokenServer;
  let tokens: TokenResponse;
  const ask = (sent: Record<string, string>, authorization?: string) =>
    server.get(IntrospectionService).introspect(new SentParameters(Object.entries({ client_id: PUBLIC, ...sent })), authorization);
  const askBoth = () => Promise.all([tokens.access_token, tokens.refresh_token ?? ''].map((token) => ask({ token })));

  beforeAll(async () => (server = await TokenServer.start()));
  afterAll(() => server.close());
  beforeEach(async () => (tokens = await server.tokens()));

  it('tells about active tokens', async () => {
    const { iat, exp, jti, auth_time, acr, amr } = claimsOf(tokens.access_token);
    const shared = { active: true, status: 'active', scope: SCOPE, sub: CLINICIAN, client_id: PUBLIC };
    const iss = 'http://localhost:3000/oauth2/default';
    const fhirUser = `http://localhost:3000/apis/default/fhir/Practitioner/${CLINICIAN}`;
    expect(await askBoth()).toEqual([
      { ...shared, exp, jti, iat, aud: [PUBLIC], iss, token_type: 'Bearer', auth_time, acr, amr, fhirUser },
      { ...shared, exp: Number(iat) + 7_776_000 },
    ]);
  });

  it('tells the launch context of an active access token, and no person without the scope for it', async () => {
    const context = { patient: '9a1b0000-0001-4000-8000-000000000201', need_patient_banner: true };
    const launched = await server.tokens({ scope: ['openid', 'offline_access', 'launch/patient'], launchContext: context });
    const answer = await ask({ token: launched.access_token });
    expect(answer).toMatchObject({ active: true, ...context });
    expect(answer).not.toHaveProperty('fhirUser');
    expect(await ask({ token: launched.refresh_token ?? '' })).not.toHaveProperty('patient');
    await server.query('UPDATE api_token SET context = ?', ['nonsense']);
    expect(await ask({ token: launched.access_token })).not.toHaveProperty('patient');
    await server.query('UPDATE api_token SET revoked = 1');
    expect(await ask({ token: launched.access_token })).not.toHaveProperty('patient');
  });

  it.each(['access_token', 'refresh_token', 'something else'])('takes the hint %s for a hint', async (hint) => {
    const sent = { token_type_hint: hint };
    expect(await ask({ token: tokens.access_token, ...sent })).toMatchObject({ active: true, token_type: 'Bearer' });
    expect(await ask({ token: tokens.refresh_token ?? '', ...sent })).toMatchObject({ active: true });
  });

  it.each([
    ['an administrator revoked them', 'UPDATE api_token SET revoked = 1', 'UPDATE api_refresh_token SET revoked = 1'],
    ['the person signed out', 'DELETE FROM oauth_trusted_user', 'SELECT 1'],
    ['their grant ended', 'UPDATE oauth2_grant SET ended_at = 1', 'SELECT 1'],
  ])('says revoked when %s, and still when they have expired', async (_name, ...changes) => {
    for (const sql of changes) await server.query(sql);
    for (const seconds of [0, 7_776_001]) {
      server.clock.advance(seconds);
      for (const answer of await askBoth())
        expect(answer).toMatchObject({ active: false, status: 'revoked', sub: CLINICIAN, scope: SCOPE });
    }
  });

  it('says expired from the very second on', async () => {
    const [access, refresh] = await askBoth();
    server.clock.advance(3599.7);
    expect(await ask({ token: tokens.access_token })).toMatchObject({ active: true });
    server.clock.advance(0.3);
    expect(await askBoth()).toEqual([expect.objectContaining({ active: false, status: 'expired', exp: access?.exp }), refresh]);
    server.clock.advance(7_776_000);
    expect((await askBoth()).map(({ status }) => status)).toEqual(['expired', 'expired']);
  });

  it('says revoked of a refresh token that was exchanged, and of the access token that came with it', async () => {
    await server.refresh(tokens.refresh_token);
    expect((await askBoth()).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
  });

  it.each([
    ['a client that nobody knows', { client_id: 'nobody' }],
    ['a confidential client without its secret', { client_id: CONFIDENTIAL }],
    ['a wrong secret', { client_id: CONFIDENTIAL, client_secret: 'wrong' }],
    ['the token of another client', { client_id: CONFIDENTIAL, client_secret: SECRET }],
  ])('says nothing to %s', async (_name, credentials) => {
    expect(await ask({ token: tokens.access_token, ...credentials })).toEqual(INVALID);
    expect(await ask({ token: tokens.refresh_token ?? '', ...credentials })).toEqual(INVALID);
    expect(await ask({ token: 'a.b.c', client_id: 'nobody' })).toEqual(INVALID);
  });

  it('says nothing about what is no token of ours, an ID token included', async () => {
    expect(await ask({ token: 'nonsense' })).toEqual(INVALID);
    expect(await ask({ token: tokens.id_token ?? '' })).toEqual(INVALID);
  });

  it('knows a confidential client by HTTP Basic', async () => {
    const { access_token: token } = await server.tokens({ clientId: CONFIDENTIAL });
    const basic = `Basic ${Buffer.from(`${CONFIDENTIAL}:${SECRET}`).toString('base64')}`;
    expect(await ask({ token, client_id: '' }, basic)).toMatchObject({ active: true, client_id: CONFIDENTIAL });
    expect(await ask({ token, client_id: CONFIDENTIAL, client_secret: SECRET })).toMatchObject({ active: true });
  });

  it('refuses what cannot be read', async () => {
    const twice = new SentParameters([
      ['token', 'a'],
      ['token', 'b'],
      ['client_id', PUBLIC],
    ]);
    await expect(server.get(IntrospectionService).introspect(twice, undefined)).rejects.toMatchObject({
      code: 'invalid_request',
      status: 400,
    });
    await expect(ask({})).rejects.toMatchObject({ code: 'invalid_request', status: 400 });
    await expect(ask({ token: 'x', client_id: '' })).rejects.toMatchObject({ code: 'invalid_request', status: 400 });
    await expect(ask({ token: 'x', client_id: '' }, 'Basic ???')).rejects.toMatchObject({ code: 'invalid_client', status: 401 });
    const forged = `${tokens.access_token.slice(0, -8)}AAAAAAAA`;
    await expect(ask({ token: forged })).rejects.toMatchObject({
      code: 'invalid_request',
      description: expect.stringContaining('signature'),
    });
  });

  it("knows the tokens of the EHR's own server: fractions of seconds, no family, no scope as text", async () => {
    const iat = server.clock.now().getTime() / 1000 + 0.123456;
    const claims = {
      aud: PUBLIC,
      jti: 'ab'.repeat(40),
      iat,
      nbf: iat,
      exp: iat + 3600,
      sub: CLINICIAN,
      scopes: ['openid', 'site:default'],
    };
    const token = await server.get(JwtSigner).sign(claims);
    expect(await ask({ token })).toMatchObject({ active: false, status: 'revoked' });
    await server.query('INSERT INTO api_token (user_id, token, expiry, client_id, scope) VALUES (?, ?, ?, ?, ?)', [
      CLINICIAN,
      claims.jti,
      '2036-01-01 00:00:00',
      PUBLIC,
      '[]',
    ]);
    expect(await ask({ token })).toMatchObject({
      active: true,
      scope: 'openid site:default',
      exp: Math.floor(claims.exp),
      jti: claims.jti,
    });
  });

  describe('after revocation', () => {
    const revoke = async (token = '', clientId = PUBLIC) =>
      server.get(RevocationService).revoke(new SentParameters([['token', token]]), await server.client(clientId), ADDRESS);

    it('of the access token: the refresh token stays', async () => {
      await revoke(tokens.access_token);
      expect((await askBoth()).map(({ status }) => status)).toEqual(['revoked', 'active']);
      await expect(server.refresh(tokens.refresh_token)).resolves.toHaveProperty('access_token');
    });

    it('of the refresh token: the whole grant ends', async () => {
      await revoke(tokens.refresh_token);
      expect((await askBoth()).map(({ status }) => status)).toEqual(['revoked', 'revoked']);
    });

    it('of what is no token: nothing happens; of nothing, or by another client: it is refused', async () => {
      for (const token of ['nonsense', 'a.b.c', tokens.id_token]) await expect(revoke(token)).resolves.toBeUndefined();
      await expect(revoke('')).rejects.toMatchObject({ code: 'invalid_request' });
      for (const token of [tokens.access_token, tokens.refresh_token]) {
        await expect(revoke(token, CONFIDENTIAL)).rejects.toMatchObject({ code: 'invalid_grant' });
      }
      expect((await askBoth()).map(({ status }) => status)).toEqual(['active', 'active']);
    });
  });
});
