import { Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 6749 §3.3 Access Token Scope', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  const errorOf = async (scope: string | undefined): Promise<string | null> =>
    callbackOf(await new Browser(server.origin).get(client.authorizeUrl({ scope, prompt: 'none' }))).get('error');
  const words = (scope: string): string[] => scope.split(' ').sort();

  it('refuses a scope that it does not know', async () => {
    expect(await errorOf('openid nonsense')).toBe('invalid_scope');
  });

  it('tells upper from lower case', async () => {
    expect(await errorOf('OpenID')).toBe('invalid_scope');
    expect(await errorOf('openid user/patient.READ')).toBe('invalid_scope');
  });

  it.each(['openid "profile"', 'openid pro\\file', 'openid prófile', 'openid\tprofile', 'openid,profile'])(
    'refuses the malformed list %s',
    async (scope) => {
      expect(await errorOf(scope)).toBe('invalid_scope');
    },
  );

  it('refuses a request without scope, as there is no default', async () => {
    expect(await errorOf(undefined)).toBe('invalid_scope');
    expect(server.logs.refusals().at(-1)?.description).toContain('scope is missing');
  });

  it('gives no meaning to the order of the scopes', async () => {
    const { scope } = await visitor.tokens(client, { scope: 'email openid profile' });
    expect(words(scope)).toEqual(['email', 'openid', 'profile']);
  });

  it('says what was granted when that is less than what was asked for', async () => {
    const { scope } = await visitor.tokens(client, { scope: 'openid api:port user/Patient.read' }); // not registered for api:port
    expect(words(scope)).toEqual(['openid', 'user/Patient.read']);
  });

  it('says what was granted when the person has unticked something', async () => {
    const page = await visitor.arrive(client, { scope: 'openid profile email' });
    const answer = await visitor.browser.submit(page, { decision: 'allow', scope: ['openid', 'email'] });
    const { body } = await client.exchange(callbackOf(answer).get('code'));
    expect(words(String(body['scope']))).toEqual(['email', 'openid']);
  });

  it('never grants what was not asked for, whatever the form of the page says', async () => {
    const page = await visitor.arrive(client, { scope: 'openid profile' });
    const answer = await visitor.browser.submit(page, {
      decision: 'allow',
      scope: ['openid', 'profile', 'user/Patient.read', 'offline_access'],
    });
    const { body } = await client.exchange(callbackOf(answer).get('code'));
    expect(words(String(body['scope']))).toEqual(['openid', 'profile']);
    expect(body).not.toHaveProperty('refresh_token');
  });

  it('refuses a request of which the client is registered for nothing', async () => {
    expect(await errorOf('api:port')).toBe('invalid_scope');
  });
});
