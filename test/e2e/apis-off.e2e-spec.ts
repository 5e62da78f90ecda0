import { Browser } from '../support/browser.js';
import { approvedClient, getJson, type JsonAnswer, type OAuthClient, postForm, postJson } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const SCOPE = 'openid offline_access api:oemr api:fhir';
const APIS = ['rest_api', 'rest_fhir_api', 'rest_portal_api'] as const;

describe(`The server while the EHR has every API off (${TEST_DATABASE})`, () => {
  let server: TestServer;
  let client: OAuthClient;

  const statusOf = async (path: string): Promise<number> => {
    const answer = await fetch(`${server.origin}${path}`);
    await answer.arrayBuffer();
    return answer.status;
  };
  const password = (): Promise<JsonAnswer> => {
    const { username, password: word } = CLINICIAN;
    return postForm(`${server.issuer}/token`, {
      grant_type: 'password',
      username,
      password: word,
      user_role: 'users',
      ...client.credentials,
    });
  };
  const register = (): Promise<JsonAnswer> =>
    postJson(`${server.issuer}/registration`, { redirect_uris: ['https://app.example/callback'] });

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: SCOPE });
    for (const name of APIS) await setGlobal(server, name, '0');
  });

  afterAll(() => server.stop());

  it('answers programs in JSON that says so', async () => {
    for (const answer of [await password(), await register(), await getJson(`${server.issuer}/userinfo`, { authorization: 'Bearer x' })]) {
      expect(answer.status).toBe(404);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.body).toEqual({
        error: 'temporarily_unavailable',
        error_description: 'The APIs of this site are switched off, and sign-in for apps with them.',
      });
    }
  });

  it('answers people with a page that says so, in its own style', async () => {
    const page = await new Browser(server.origin).open(client.authorizeUrl());
    expect([page.status, page.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(page.text).toContain('Sign-in for applications is switched off here');
    const style = /href="([^"]+\.css)"/.exec(page.text)?.[1] ?? '';
    expect(await statusOf(style)).toBe(200);
  });

  it('leaves what is beside the endpoints alone', async () => {
    const beside = ['/', '/health/ready', '/swagger/index.html', '/swagger/openapi.json'];
    expect(await Promise.all(beside.map(statusOf))).toEqual(beside.map(() => 200));
    expect(await statusOf('/.well-known/oauth-authorization-server/oauth2/default')).toBe(404);
    expect(await statusOf('/apis/default/fhir/.well-known/smart-configuration')).toBe(404);
  });

  it('answers all the same where it is meant for sign-in alone: staff only', async () => {
    const other = await startServer({ env: { CHARTKEY_SERVE_WITHOUT_API: 'on' } });
    try {
      for (const name of APIS) await setGlobal(other, name, '0');
      const app = await approvedClient(other, { scope: SCOPE });
      expect(await app.tokens({ scope: 'openid' })).toHaveProperty('id_token');
      const page = await new Browser(other.origin).open(app.authorizeUrl({ scope: 'openid' }));
      expect(page.text).not.toContain('value="patient"');
    } finally {
      await other.stop();
    }
  });
});
