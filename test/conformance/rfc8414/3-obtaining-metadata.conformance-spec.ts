import { getJson } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 8414 §3 Obtaining Authorization Server Metadata', () => {
  let server: TestServer;
  let url: string;

  beforeAll(async () => {
    server = await startServer();
    url = `${server.origin}/.well-known/oauth-authorization-server/oauth2/default`;
  });

  afterAll(() => server.stop());

  it('§3.1 puts the well-known name between host and path of the issuer', async () => {
    const { pathname, origin } = new URL(server.issuer);
    expect(`${origin}/.well-known/oauth-authorization-server${pathname}`).toBe(url);
    expect((await getJson(url)).status).toBe(200);
  });

  it('§3.2 is JSON', async () => {
    const answer = await getJson(url);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect(answer.body).toHaveProperty('token_endpoint');
  });

  it('§3.3 names exactly the issuer from which its address was made', async () => {
    expect((await getJson(url)).body['issuer']).toBe(server.issuer);
  });

  it('§3.3 does not take the issuer from the request', async () => {
    const answer = await getJson(url, { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' });
    expect(answer.body['issuer']).toBe(server.issuer);
  });

  it('speaks for no other site', async () => {
    expect((await fetch(`${server.origin}/.well-known/oauth-authorization-server/oauth2/other`)).status).toBe(404);
    expect((await fetch(`${server.origin}/.well-known/oauth-authorization-server`)).status).toBe(404);
  });

  it('§3.1 can be read by scripts of any origin, and by anybody without credentials', async () => {
    const answer = await fetch(url, { headers: { origin: 'https://anybody.example' } });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('says the same as the document of OpenID Connect', async () => {
    const openid = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body;
    for (const [name, value] of Object.entries((await getJson(url)).body)) expect([name, openid[name]]).toEqual([name, value]);
  });
});
