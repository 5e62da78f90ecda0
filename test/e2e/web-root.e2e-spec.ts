import { Browser, encodeForm, formOf } from '../support/browser.js';
import { freePort } from '../support/free-port.js';
import { allow, approvedClient, decodeJwt, getJson, type OAuthClient, postForm, signIn } from '../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { codeOf, goOn, setupKeyOf } from '../support/second-factor-steps.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const ROOT = '/clinic/openemr';
const WELL_KNOWN = '/.well-known/oauth-authorization-server';

/** An EHR that is installed under a path keeps its issuer: everything is where its own server had it. */
describe(`Under a web root (${TEST_DATABASE})`, () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    const port = String(await freePort());
    const policy = { CHARTKEY_MFA_ADMINISTRATORS: 'required', CHARTKEY_MFA_GRACE_DAYS: '0', CHARTKEY_LAUNCH_SIMULATOR: 'on' };
    server = await startServer({ env: { PORT: port, PUBLIC_URL: `http://localhost:${port}${ROOT}`, ...policy } });
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const statusOf = async (path: string): Promise<number> => {
    const answer = await fetch(`${server.origin}${path}`, { redirect: 'manual' });
    await answer.arrayBuffer();
    return answer.status;
  };
  /** Every address on a page that leads to this server. */
  const addressesOn = (text: string): string[] =>
    [...text.matchAll(/(?:href|src|action)="(\/[^"]*)"/g)]
      .map(([, address = '']) => address)
      .filter((address) => !address.startsWith('//'));
  const outside = (text: string): string[] => addressesOn(text).filter((address) => !address.startsWith(`${ROOT}/`));

  it('publishes the issuer of the EHR, with every endpoint below it', async () => {
    const { body } = await getJson(`${server.origin}${ROOT}/oauth2/default/.well-known/openid-configuration`);
    expect(body['issuer']).toBe(`${server.origin}${ROOT}/oauth2/default`);
    const endpoints = Object.entries(body).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(endpoints.length).toBeGreaterThan(7);
    for (const [, address] of endpoints) expect(address).toMatch(new RegExp(`^${server.origin}${ROOT}/oauth2/default/`));
    expect(body['service_documentation']).toBe(`${server.origin}${ROOT}/swagger`);
    const standard = await getJson(`${server.origin}${WELL_KNOWN}${ROOT}/oauth2/default`); // RFC 8414 §3.1
    expect([standard.status, standard.body['issuer'], standard.headers.get('access-control-allow-origin')]).toEqual([
      200,
      body['issuer'],
      '*',
    ]);
  });

  it('leads people to their account, and back to it from the sign-in', async () => {
    const browser = new Browser(server.origin);
    const account = await signIn(browser, await browser.open(`${server.origin}${ROOT}/account/sessions?chartkey_language=de`), CLINICIAN);
    expect(new URL(account.url).pathname).toBe(`${ROOT}/account/sessions`);
    expect(account.text).toContain('<html lang="de"');
    expect(outside(account.text)).toEqual([]);
    const password = await browser.open(`${server.origin}${ROOT}/account/password`);
    expect(formOf(password).action).toBe(`${ROOT}/account/password`);
    for (const path of ['factors', 'factors/totp', 'factors/passkeys']) {
      const page = await browser.open(`${server.origin}${ROOT}/account/${path}`);
      expect([page.status, addressesOn(page.text).filter((address) => !address.startsWith(`${ROOT}/`))]).toEqual([200, []]);
    }
    expect((await browser.open(`${server.origin}${ROOT}/account/factors/passkeys/x`)).url).toBe(`${server.origin}${ROOT}/account/factors`);
  });

  it('has the launch simulator below it, and its app comes back there', async () => {
    const browser = new Browser(server.origin);
    await signIn(browser, await browser.open(`${server.origin}${ROOT}/account`), CLINICIAN);
    const page = await browser.open(`${server.origin}${ROOT}/launch`);
    expect([page.status, formOf(page).action, outside(page.text)]).toEqual([200, `${ROOT}/launch`, []]);
    const begun = await browser.submit(page, { app: 'chartkey-launch-simulator', scope: 'openid' });
    expect(begun.text).toContain(`&quot;redirect_uri&quot;:&quot;${server.origin}${ROOT}/launch/callback&quot;`);
    expect(outside(begun.text)).toEqual([]);
  });

  it('keeps people who change their factors below it', async () => {
    const at = (path: string): string => `${server.origin}${ROOT}/account/factors${path}`;
    const [browser, second] = [new Browser(server.origin), new Browser(server.origin)];
    await signIn(second, await second.open(at('')), CLINICIAN);
    await signIn(browser, await browser.open(at('')), CLINICIAN);
    const keys = await browser.open(at('/passkeys'));
    expect(keys.text).toContain(`data-options="${ROOT}/account/factors/passkeys/options"`);
    expect((await browser.get(`${ROOT}/account/factors/passkeys/options`)).text).toContain(`"rp":{"name":`);
    const setUp = await browser.open(at('/totp'));
    const codes = await browser.submit(setUp, { code: codeOf(server, setupKeyOf(setUp)) });
    const list = await goOn(browser, codes);
    expect(list.url).toBe(at(''));
    const asked = await signIn(second, await second.open(at('/totp/remove')), CLINICIAN);
    expect(asked.text).toContain('name="mfa_token"');
    server.clock.advance(30);
    const proven = await second.submit(asked, { mfa_token: codeOf(server, setupKeyOf(setUp)) });
    expect(proven.url).toBe(at(''));
    const pages = [
      keys,
      setUp,
      codes,
      list,
      asked,
      proven,
      await second.open(at('/recovery-codes')),
      await second.open(at('/totp/remove')),
    ];
    for (const page of pages) expect([page.url, page.status, outside(page.text)]).toEqual([page.url, 200, []]);
    expect((await second.submit(pages.at(-1)!, {})).url).toBe(at(''));
    expect(await server.database.query('SELECT name FROM login_mfa_registrations WHERE user_id = 2')).toEqual([]);
  });

  it('names it where a program learns that a second factor must be enrolled', async () => {
    await setGlobal(server, 'oauth_password_grant', '1');
    const { username, password } = ADMIN;
    const form = { grant_type: 'password', scope: 'openid', user_role: 'users', username, password, ...client.credentials };
    const { body } = await postForm(`${server.issuer}/token`, form);
    expect(body.error_description).toContain(` ${server.origin}${ROOT}/account/factors`);
  });

  it('leads through the whole flow, its pages, and out again', async () => {
    const browser = new Browser(server.origin);
    const page = await browser.open(client.authorizeUrl({ aud: `${server.origin}${ROOT}/apis/default/fhir` }));
    const consent = await signIn(browser, page, CLINICIAN);
    for (const shown of [page, consent]) {
      expect(shown.status).toBe(200);
      expect(new URL(formOf(shown).action, server.origin).pathname).toMatch(new RegExp(`^${ROOT}/oauth2/default/`));
      const addresses = addressesOn(shown.text);
      expect(addresses.filter((address) => !address.startsWith(`${ROOT}/`))).toEqual([]);
      for (const address of addresses.filter((one) => one.includes('/assets/'))) expect(await statusOf(address)).toBe(200);
    }
    const callback = new URL((await allow(browser, consent)).location ?? '').searchParams;
    expect(callback.get('iss')).toBe(server.issuer);
    const { body } = await client.exchange(callback.get('code'));
    expect(decodeJwt(String(body['id_token'])).claims['iss']).toBe(server.issuer);
    const { body: person } = await client.userinfo(String(body['access_token']));
    expect(person['sub']).toBe(CLINICIAN.subject);
    expect((await client.introspect(String(body['access_token']))).body['active']).toBe(true);
    expect((await client.refresh(String(body['refresh_token']))).status).toBe(200);
    expect(browser.cookieNames().sort()).toEqual(['chartkey_clinic!openemr_browser', 'chartkey_clinic!openemr_session']);

    const logout = { id_token_hint: String(body['id_token']), post_logout_redirect_uri: 'https://app.example/signed-out', state: 's' };
    const out = await browser.open(`${server.issuer}/logout?${encodeForm(logout)}`);
    expect(out.location).toBe('https://app.example/signed-out?state=s');
    expect((await browser.open(client.authorizeUrl())).text).toContain('name="password"');
  });

  it('confirms a logout without a hint on a page of its own', async () => {
    const visitor = new Visitor(server);
    await visitor.code(client);
    const page = await visitor.browser.open(`${server.issuer}/logout`);
    const done = await visitor.browser.submit(page, { decision: 'sign_out' });
    expect([done.status, outside(done.text)]).toEqual([200, []]);
    expect(addressesOn(done.text)).toContain(`${ROOT}/`);
    expect((await visitor.browser.open(client.authorizeUrl())).text).toContain('name="password"');
  });

  it('reads a registration back where the registration said', async () => {
    const { registration_client_uri: uri, registration_access_token: token } = client.registration;
    expect(uri).toMatch(new RegExp(`^${server.issuer}/client/`));
    expect((await getJson(String(uri), { authorization: `Bearer ${String(token)}` })).body['client_id']).toBe(client.clientId);
  });

  it('serves Swagger UI with a document of its real addresses', async () => {
    const page = await new Browser(server.origin).open(`${server.origin}${ROOT}/swagger`);
    const files = [...page.text.matchAll(/(?:href|src)="(\.\/[^"]+)"/g)].map(([, file = '']) => new URL(file, page.url).pathname);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) {
      expect(file).toMatch(new RegExp(`^${ROOT}/swagger/`));
      expect([file, await statusOf(file)]).toEqual([file, 200]);
    }
    const { body } = await getJson(`${server.origin}${ROOT}/swagger/openapi.json`);
    const document = body as unknown as { servers: Array<{ url: string }>; paths: Record<string, { get?: object }> };
    expect(document.servers).toEqual([{ url: server.origin }]);
    const paths = Object.keys(document.paths);
    expect(paths.filter((path) => !path.startsWith(`${ROOT}/`))).toEqual([`${WELL_KNOWN}${ROOT}/oauth2/{site}`]);
    const readable = paths.filter((path) => document.paths[path]?.get && !path.includes('{'));
    for (const path of readable) expect([path, await statusOf(path)]).not.toEqual([path, 404]);
    const [swagger] = await server.database.query<Array<{ redirect_uri: string }>>(
      "SELECT redirect_uri FROM oauth_clients WHERE client_id = 'chartkey-swagger-ui'",
    );
    expect(swagger?.redirect_uri).toBe(`${server.origin}${ROOT}/swagger/oauth2-redirect.html`);
  });

  it('leads from the start page to what it names', async () => {
    const page = await new Browser(server.origin).open(`${server.origin}${ROOT}/`);
    const addresses = addressesOn(page.text);
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) expect([address, (await statusOf(address)) < 400]).toEqual([address, true]);
  });

  it('answers probes at the top as well, and has endpoints nowhere else', async () => {
    expect(await Promise.all([`${ROOT}/health/live`, '/health/live', '/health/ready'].map(statusOf))).toEqual([200, 200, 200]);
    const elsewhere = [
      '/oauth2/default/.well-known/openid-configuration',
      `${WELL_KNOWN}/oauth2/default`,
      `${WELL_KNOWN}${ROOT}/oauth2/north`,
    ];
    expect(await Promise.all(elsewhere.map(statusOf))).toEqual([404, 404, 404]);
    expect((await postForm(`${server.origin}${ROOT}${ROOT}/oauth2/default/token`, {})).status).toBe(404);
  });

  it('lets scripts of registered clients read answers', async () => {
    const headers = { origin: 'https://app.example' };
    const answer = await fetch(`${server.issuer}/userinfo`, { headers });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});
