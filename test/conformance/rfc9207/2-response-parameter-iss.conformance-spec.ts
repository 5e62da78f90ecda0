import { Browser, formOf } from '../../support/browser.js';
import { approvedClient, callbackOf, getJson, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 9207 §2 Response Parameter iss', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  it('stands beside a code', async () => {
    expect((await visitor.answer(client)).getAll('iss')).toEqual([server.issuer]);
  });

  it.each([
    ['that needs nobody to sign in', { prompt: 'none' }],
    ['of a wrong scope', { scope: 'nonsense' }],
    ['of a wrong response mode', { response_mode: 'nonsense' }],
    ['of a repeated state', { state: ['a', 'b'] }],
  ])('§2 stands beside an error %s', async (_, more) => {
    const answer = callbackOf(await new Browser(server.origin).get(client.authorizeUrl(more)));
    expect([answer.has('error'), answer.getAll('iss')]).toEqual([true, [server.issuer]]);
  });

  it('stands beside the refusal of the person', async () => {
    const page = await visitor.arrive(client);
    expect(callbackOf(await visitor.browser.submit(page, { decision: 'deny' })).getAll('iss')).toEqual([server.issuer]);
  });

  it('stands in a posted answer', async () => {
    const page = await visitor.visit(client, { response_mode: 'form_post' });
    expect(formOf(page).fields['iss']).toEqual([server.issuer]);
  });

  it('§2.4 is the issuer of the metadata, character by character', async () => {
    const { body } = await getJson(`${server.issuer}/.well-known/openid-configuration`);
    expect((await visitor.answer(client)).get('iss')).toBe(body['issuer']);
  });

  it('§3 is announced in the metadata', async () => {
    const { body } = await getJson(`${server.origin}/.well-known/oauth-authorization-server/oauth2/default`);
    expect(body['authorization_response_iss_parameter_supported']).toBe(true);
  });
});
