import { Browser } from '../support/browser.js';
import {
  allow,
  callbackOf,
  decodeJwt,
  getJson,
  type OAuthClient,
  approvedClient,
  publicClient,
  SCOPE,
  signIn,
} from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('The main job: register, sign in, approve, use, refresh, revoke, sign out', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  it('takes a confidential client from sign-in to tokens that work everywhere', async () => {
    const browser = new Browser(server.origin);
    const page = await browser.open(client.authorizeUrl());
    expect(page.text).toContain('Example app');
    const consent = await signIn(browser, page, CLINICIAN);
    expect(consent.text).toContain('Clara');
    const callback = callbackOf(await allow(browser, consent));
    expect(Object.fromEntries(callback)).toEqual({ code: expect.any(String), state: 'the state', iss: server.issuer });

    const exchanged = await client.exchange(callback.get('code'));
    expect(exchanged).toMatchObject({ status: 200, body: { token_type: 'Bearer', expires_in: 3600, scope: SCOPE } });
    expect(exchanged.headers.get('cache-control')).toContain('no-store');
    const tokens = exchanged.body as Record<string, string>;

    const access = decodeJwt(tokens['access_token'] ?? '');
    expect(access.header).toMatchObject({ alg: 'RS256', kid: expect.any(String) });
    expect(access.claims).toMatchObject({ iss: server.issuer, aud: client.clientId, sub: CLINICIAN.subject });
    expect(access.claims['scopes']).toEqual(expect.arrayContaining(SCOPE.split(' ')));
    const id = decodeJwt(tokens['id_token'] ?? '');
    expect(id.claims).toMatchObject({ iss: server.issuer, aud: client.clientId, sub: CLINICIAN.subject, nonce: 'the nonce', amr: ['pwd'] });
    expect(id.claims).toMatchObject({ at_hash: expect.any(String), auth_time: expect.any(Number), sid: expect.any(String), acr: '1' });

    const userinfo = await client.userinfo(tokens['access_token'] ?? '');
    expect(userinfo).toMatchObject({ status: 200, body: { sub: CLINICIAN.subject, given_name: 'Clara', email: 'clara@example.org' } });

    const active = await client.introspect(tokens['access_token']);
    expect(active).toMatchObject({
      status: 200,
      body: { active: true, status: 'active', sub: CLINICIAN.subject, client_id: client.clientId, scope: SCOPE, exp: access.claims['exp'] },
    });

    const refreshed = await client.refresh(tokens['refresh_token']);
    expect(refreshed.status).toBe(200);
    const renewed = refreshed.body as Record<string, string>;
    expect(renewed['refresh_token']).not.toBe(tokens['refresh_token']);
    expect(await client.introspect(tokens['access_token'])).toMatchObject({ body: { active: false, status: 'revoked' } });
    expect((await client.userinfo(tokens['access_token'] ?? '')).status).toBe(401);

    expect((await client.revoke(renewed['access_token'])).status).toBe(200);
    expect(await client.introspect(renewed['access_token'])).toMatchObject({ body: { active: false, status: 'revoked' } });
    expect(await client.introspect(renewed['refresh_token'], { token_type_hint: 'refresh_token' })).toMatchObject({
      body: { active: true },
    });

    const signedOut = await browser.get(
      `${server.issuer}/logout?id_token_hint=${renewed['id_token']}&post_logout_redirect_uri=${encodeURIComponent('https://app.example/signed-out')}&state=bye`,
    );
    expect(signedOut.location).toBe('https://app.example/signed-out?state=bye');
    expect((await client.refresh(renewed['refresh_token'])).body.error).toBe('invalid_grant');
    expect(await client.introspect(renewed['refresh_token'])).toMatchObject({ body: { active: false, status: 'revoked' } });
  });

  it('lets a public client of a patient use PKCE alone', async () => {
    const app = await publicClient(server, { scope: 'openid profile offline_access api:port patient/Patient.read' });
    const tokens = await app.tokens({ scope: 'openid profile offline_access patient/Patient.read' }, PATIENT);
    expect(decodeJwt(tokens.access_token).claims).toMatchObject({ sub: PATIENT.subject, aud: app.clientId });
    expect((await app.userinfo(tokens.access_token)).body).toMatchObject({ sub: PATIENT.subject, given_name: 'Phil' });
    expect((await app.refresh(tokens.refresh_token)).status).toBe(200);
  });

  it('answers with the same facts in both discovery documents, and each endpoint is there', async () => {
    const openid = await getJson(`${server.issuer}/.well-known/openid-configuration`);
    const oauth = await getJson(`${server.origin}/.well-known/oauth-authorization-server/oauth2/default`);
    for (const [name, value] of Object.entries(oauth.body)) expect(openid.body).toHaveProperty(name, value);
    const endpoints = Object.entries(openid.body).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    expect(endpoints.length).toBeGreaterThanOrEqual(8);
    for (const [, url] of endpoints) {
      const answer = await fetch(String(url), { headers: { accept: 'application/json' } });
      const posted = await fetch(String(url), { method: 'POST' });
      expect([answer.status, posted.status].some((status) => status !== 404)).toBe(true);
    }
  });

  it('works with redirect_uri left out where one is registered, on both ends', async () => {
    const callback = await client.authorize({ redirect_uri: undefined });
    expect((await client.exchange(callback.get('code'), { redirect_uri: undefined })).status).toBe(200);
  });

  it('keeps people signed in between apps, and asks again when the app wants it', async () => {
    const browser = new Browser(server.origin);
    await client.authorize({}, CLINICIAN, browser);
    const second = await browser.open(client.authorizeUrl());
    expect(second.text).toContain('name="decision"'); // straight to consent
    const again = await browser.open(client.authorizeUrl({ prompt: 'login' }));
    expect(again.text).toContain('name="password"');
  });

  it('writes no secret, code or token to the log', async () => {
    const browser = new Browser(server.origin);
    const callback = await client.authorize({}, CLINICIAN, browser);
    const tokens = (await client.exchange(callback.get('code'))).body as Record<string, string>;
    await client.refresh(tokens['refresh_token']);
    await client.introspect(tokens['access_token']);
    const secrets = [
      CLINICIAN.password,
      callback.get('code'),
      tokens['access_token'],
      tokens['refresh_token'],
      tokens['id_token'],
      client.registration.client_secret,
    ];
    for (const secret of secrets) expect(server.logs.text()).not.toContain(secret);
  });
});
