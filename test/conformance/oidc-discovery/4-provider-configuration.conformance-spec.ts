import { approvedClient, decodeJwt, getJson, postForm } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Discovery §4 Obtaining OpenID Provider Configuration Information', () => {
  let server: TestServer;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    url = `${server.issuer}/.well-known/openid-configuration`;
  });

  afterAll(() => server.stop());

  it('§4.1 is found by adding the well-known name to the issuer', async () => {
    expect((await getJson(url)).status).toBe(200);
  });

  it('§4.2 is JSON', async () => {
    expect((await getJson(url)).headers.get('content-type')).toMatch(/^application\/json/);
  });

  it('§4.2 leaves out lists without entries and members without value', async () => {
    for (const [name, value] of Object.entries((await getJson(url)).body)) {
      expect([name, value === null || value === '' || (Array.isArray(value) && value.length === 0)]).toEqual([name, false]);
    }
  });

  it('§4.3 names the issuer from which its address was made', async () => {
    expect((await getJson(url)).body['issuer']).toBe(server.issuer);
  });

  it('§4.3 names the issuer of the ID tokens', async () => {
    const { id_token: token } = await new Visitor(server).tokens(await approvedClient(server));
    expect(decodeJwt(token ?? '').claims['iss']).toBe((await getJson(url)).body['issuer']);
  });

  it('§4.3 does not follow the Host header', async () => {
    const viaAddress = await getJson(url.replace('localhost', '127.0.0.1'));
    expect(viaAddress.body['issuer']).toBe(server.issuer);
  });

  it('can be kept for a while, and asked for again cheaply', async () => {
    const first = await getJson(url);
    expect(first.headers.get('cache-control')).toMatch(/max-age=[1-9]/);
    const again = await fetch(url, { headers: { 'if-none-match': first.headers.get('etag') ?? 'none' } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('can be read by scripts of any origin', async () => {
    const answer = await fetch(url, { headers: { origin: 'https://anybody.example' } });
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
  });

  it('answers GET alone', async () => {
    expect([404, 405]).toContain((await postForm(url, {})).status);
  });

  it('speaks for no other site', async () => {
    expect((await fetch(url.replace('/default/', '/other/'))).status).toBe(404);
  });
});
