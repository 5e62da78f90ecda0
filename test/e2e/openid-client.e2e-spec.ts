import * as oidc from 'openid-client';
import { Browser } from '../support/browser.js';
import { allow, CALLBACK, callbackOf, signIn } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid profile email offline_access api:oemr';
const SIGNED_OUT = 'https://app.example/signed-out';

/** Ways in which a client proves itself, as the library speaks them; `none` is a public client. */
const AUTHENTICATIONS: ReadonlyArray<[string, oidc.ClientAuth]> = [
  ['client_secret_basic', oidc.ClientSecretBasic()],
  ['client_secret_post', oidc.ClientSecretPost()],
  ['none', oidc.None()],
];

describe('openid-client, a library of somebody else', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  /** Discovers the server and registers by nothing but standard metadata. */
  function register(method: string, authentication: oidc.ClientAuth): Promise<oidc.Configuration> {
    return oidc.dynamicClientRegistration(
      new URL(server.issuer),
      {
        client_name: 'Library app',
        redirect_uris: [CALLBACK],
        post_logout_redirect_uris: [SIGNED_OUT],
        token_endpoint_auth_method: method,
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        scope: SCOPE,
      },
      authentication,
      { execute: [oidc.allowInsecureRequests] }, // http on loopback
    );
  }

  /** The part that a person's browser plays: from the authorization request to the address it is sent back to. */
  async function visit(browser: Browser, url: URL): Promise<URL> {
    const answer = await allow(browser, await signIn(browser, await browser.open(url.href), CLINICIAN));
    callbackOf(answer);
    return new URL(answer.location ?? '');
  }

  async function authorize(config: oidc.Configuration, browser: Browser): Promise<Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>> {
    const verifier = oidc.randomPKCECodeVerifier();
    const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: SCOPE,
      state,
      nonce,
      max_age: '600',
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const callback = await visit(browser, url);
    return oidc.authorizationCodeGrant(config, callback, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      maxAge: 600,
      idTokenExpected: true,
    });
  }

  it.each(AUTHENTICATIONS)('goes from discovery to logout as a client that authenticates by %s', async (method, authentication) => {
    const config = await register(method, authentication);
    oidc.enableNonRepudiationChecks(config); // verifies signatures by the published keys as well
    expect(config.serverMetadata()).toMatchObject({ issuer: server.issuer, authorization_response_iss_parameter_supported: true });
    expect(config.clientMetadata().token_endpoint_auth_method).toBe(method);
    expect(config.clientMetadata().client_secret === undefined || config.clientMetadata().client_secret === '').toBe(method === 'none');

    const browser = new Browser(server.origin);
    const tokens = await authorize(config, browser);
    expect(tokens).toMatchObject({ token_type: 'bearer', scope: SCOPE, refresh_token: expect.any(String) });
    expect(tokens.claims()).toMatchObject({ iss: server.issuer, sub: CLINICIAN.subject, aud: config.clientMetadata().client_id });

    const person = await oidc.fetchUserInfo(config, tokens.access_token, CLINICIAN.subject);
    expect(person).toMatchObject({ sub: CLINICIAN.subject, given_name: 'Clara', email: 'clara@example.org' });

    const renewed = await oidc.refreshTokenGrant(config, tokens.refresh_token ?? '');
    expect(renewed.access_token).not.toBe(tokens.access_token);
    expect(await oidc.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: false });
    expect(await oidc.tokenIntrospection(config, renewed.access_token)).toMatchObject({ active: true, sub: CLINICIAN.subject });

    await oidc.tokenRevocation(config, renewed.access_token, { token_type_hint: 'access_token' });
    expect(await oidc.tokenIntrospection(config, renewed.access_token)).toMatchObject({ active: false });
    await expect(oidc.fetchUserInfo(config, renewed.access_token, CLINICIAN.subject)).rejects.toThrow();

    const last = await oidc.refreshTokenGrant(config, renewed.refresh_token ?? '');
    const url = oidc.buildEndSessionUrl(config, {
      id_token_hint: last.id_token ?? tokens.id_token ?? '',
      post_logout_redirect_uri: SIGNED_OUT,
      state: 'bye',
    });
    expect((await browser.open(url.href)).location).toBe(`${SIGNED_OUT}?state=bye`);
    expect(await oidc.tokenIntrospection(config, last.access_token)).toMatchObject({ active: false });
    await expect(oidc.refreshTokenGrant(config, last.refresh_token ?? '')).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('discovers the server by the OAuth document as well, with the same facts', async () => {
    const options = { execute: [oidc.allowInsecureRequests] };
    const byOpenId = await oidc.discovery(new URL(server.issuer), 'anyone', undefined, oidc.None(), options);
    const byOAuth = await oidc.discovery(new URL(server.issuer), 'anyone', undefined, oidc.None(), { ...options, algorithm: 'oauth2' });
    expect(byOpenId.serverMetadata()).toMatchObject({ ...byOAuth.serverMetadata() });
    expect(byOpenId.serverMetadata().supportsPKCE()).toBe(true);
  });

  it('refuses a callback whose issuer is not the server', async () => {
    const config = await register('none', oidc.None());
    const verifier = oidc.randomPKCECodeVerifier();
    const url = oidc.buildAuthorizationUrl(config, {
      redirect_uri: CALLBACK,
      scope: SCOPE,
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const callback = await visit(new Browser(server.origin), url);
    expect(callback.searchParams.get('iss')).toBe(server.issuer);
    callback.searchParams.set('iss', 'https://other.example');
    const refused = oidc.authorizationCodeGrant(config, callback, { pkceCodeVerifier: verifier });
    await expect(refused).rejects.toMatchObject({ cause: { message: expect.stringMatching(/"iss"/) } });
  });
});
