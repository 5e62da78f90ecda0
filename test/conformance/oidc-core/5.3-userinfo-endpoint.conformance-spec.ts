import { approvedClient, decodeJwt, getJson, type OAuthClient, postForm, type Tokens } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §5.3 UserInfo Endpoint', () => {
  let server: TestServer;
  let client: OAuthClient;
  let tokens: Tokens;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { scope: 'openid profile email phone address offline_access' });
    tokens = await new Visitor(server).tokens(client, { scope: 'openid profile email' });
    url = `${server.issuer}/userinfo`;
  });

  afterAll(() => server.stop());

  it('§5.3 answers GET and POST alike', async () => {
    const headers = { authorization: `Bearer ${tokens.access_token}` };
    const got = await getJson(url, headers);
    const posted = await postForm(url, '', headers);
    expect([got.status, posted.status]).toEqual([200, 200]);
    expect(posted.body).toEqual(got.body);
  });

  it('§5.3 answers POST with the header and no body at all', async () => {
    const answer = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${tokens.access_token}` } });
    expect([answer.status, await answer.json()]).toMatchObject([200, { sub: CLINICIAN.subject }]);
  });

  it('§5.3.1 refuses whoever brings no token', async () => {
    expect((await fetch(url)).status).toBe(401);
  });

  it('§5.3.2 is JSON with the subject of the ID token', async () => {
    const answer = await client.userinfo(tokens.access_token);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.body['sub']).toBe(decodeJwt(tokens.id_token ?? '').claims['sub']);
  });

  it('§5.3.2 leaves out what has no value: neither null nor an empty text', async () => {
    const { body } = await client.userinfo(tokens.access_token);
    expect(Object.entries(body).filter(([, value]) => value === null || value === '')).toEqual([]);
  });

  it('§5.3.2 says what is true now', async () => {
    await server.database.query("UPDATE users SET lname = 'Married' WHERE username = 'clinician'");
    const { body } = await client.userinfo(tokens.access_token);
    await server.database.query("UPDATE users SET lname = 'Clinician' WHERE username = 'clinician'");
    expect(body['family_name']).toBe('Married');
  });

  it('§5.3.3 answers errors as RFC 6750 does', async () => {
    const answer = await client.userinfo('nonsense');
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_token' } });
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer .*error="invalid_token"/);
  });

  it('speaks of patients of the portal as well', async () => {
    const issued = await new Visitor(server, PATIENT).tokens(client, { scope: 'openid profile' });
    expect((await client.userinfo(issued.access_token)).body).toMatchObject({
      sub: PATIENT.subject,
      given_name: 'Phil',
      family_name: 'Patient',
    });
  });

  it('can be called by scripts of the client, and by those of no other', async () => {
    const originOf = async (origin: string): Promise<string | null> =>
      (await fetch(url, { headers: { origin, authorization: `Bearer ${tokens.access_token}` } })).headers.get(
        'access-control-allow-origin',
      );
    expect([await originOf('https://app.example'), await originOf('https://evil.example')]).toEqual(['https://app.example', null]);
  });

  it('is kept by nobody', async () => {
    expect((await client.userinfo(tokens.access_token)).headers.get('cache-control')).toContain('no-store');
  });
});
