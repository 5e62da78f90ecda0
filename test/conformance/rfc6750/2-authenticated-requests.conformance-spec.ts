import { approvedClient, getJson, type OAuthClient, postForm, postJson } from '../../support/oauth-client.js';
import { CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6750 §2 Authenticated Requests', () => {
  let server: TestServer;
  let client: OAuthClient;
  let token: string;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    token = (await new Visitor(server).tokens(client)).access_token;
    url = `${server.issuer}/userinfo`;
  });

  afterAll(() => server.stop());

  const ANSWERED = { status: 200, body: { sub: CLINICIAN.subject } };

  it('§2.1 takes the token in the Authorization header', async () => {
    expect(await getJson(url, { authorization: `Bearer ${token}` })).toMatchObject(ANSWERED);
  });

  it('§2.1 reads the name of the scheme in any case', async () => {
    expect(await getJson(url, { authorization: `bEARER ${token}` })).toMatchObject(ANSWERED);
  });

  it('§2.1 takes no other scheme for it', async () => {
    for (const scheme of ['Basic', 'DPoP', 'Token']) expect((await getJson(url, { authorization: `${scheme} ${token}` })).status).toBe(401);
    expect((await getJson(url, { authorization: token })).status).toBe(401);
  });

  it('§2.2 takes the token in the form of a POST', async () => {
    expect(await postForm(url, { access_token: token })).toMatchObject(ANSWERED);
  });

  it('§2.2 does not take it from a body that is no form', async () => {
    const answer = await postJson(url, { access_token: token });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.body).not.toHaveProperty('sub');
  });

  it('§2.2 refuses a form that holds it twice', async () => {
    expect(await postForm(url, { access_token: [token, token] })).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
  });

  it('§2.3 does not take it from the address', async () => {
    const answer = await getJson(`${url}?access_token=${token}`);
    expect(answer.status).toBe(401);
    expect(server.logs.text()).not.toContain(token);
  });

  it('§2 refuses a token sent in two ways at once', async () => {
    const answer = await postForm(url, { access_token: token }, { authorization: `Bearer ${token}` });
    expect(answer).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(answer.headers.get('www-authenticate')).toContain('error="invalid_request"');
  });
});
