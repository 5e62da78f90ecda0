import { type Answer, Browser } from '../../support/browser.js';
import { allow, approvedClient, callbackOf, decodeJwt, type OAuthClient, signIn } from '../../support/oauth-client.js';
import { ADMIN, CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('OIDC Core §3.1.2.2 Authentication Request Validation', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;
  let hint: string;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
    const page = await visitor.arrive(client);
    const { body } = await client.exchange(callbackOf(await allow(visitor.browser, page, { remember: '1' })).get('code'));
    hint = String(body['id_token']);
  });

  afterAll(() => server.stop());

  const open = (browser: Browser, more: Record<string, string>): Promise<Answer> => browser.open(client.authorizeUrl(more));

  it('answers prompt=none with a code when the person of id_token_hint is signed in', async () => {
    expect(callbackOf(await open(visitor.browser, { prompt: 'none', id_token_hint: hint })).has('code')).toBe(true);
  });

  it('takes a hint that has expired', async () => {
    server.clock.advance(server.config.accessTokenLifetime + 60);
    expect(callbackOf(await open(visitor.browser, { prompt: 'none', id_token_hint: hint })).has('code')).toBe(true);
  });

  it('answers login_required when somebody else is signed in than the hint says', async () => {
    const other = new Visitor(server, ADMIN);
    const allowed = await allow(other.browser, await other.arrive(client), { remember: '1' });
    await client.exchange(callbackOf(allowed).get('code'));
    expect(callbackOf(await open(other.browser, { prompt: 'none' })).has('code')).toBe(true);
    expect(callbackOf(await open(other.browser, { prompt: 'none', id_token_hint: hint })).get('error')).toBe('login_required');
  });

  it('answers login_required when nobody is signed in', async () => {
    expect(callbackOf(await open(new Browser(server.origin), { prompt: 'none', id_token_hint: hint })).get('error')).toBe('login_required');
  });

  it('gives no answer about another person: it asks again until the one of the hint has signed in', async () => {
    const browser = new Browser(server.origin);
    const page = await open(browser, { id_token_hint: hint });
    const asked = await signIn(browser, page, ADMIN);
    expect(asked.location ?? '').not.toContain('code=');
    expect(asked.text).not.toContain('name="decision"');
    const right = await signIn(browser, await open(browser, { id_token_hint: hint }), CLINICIAN);
    const answer = right.location === null ? await allow(browser, right) : right;
    const { claims } = decodeJwt(String((await client.exchange(callbackOf(answer).get('code'))).body['id_token']));
    expect(claims['sub']).toBe(CLINICIAN.subject);
  });

  it.each<[string, () => string]>([
    ['is no token', () => 'nonsense'],
    ['has a forged signature', () => `${hint.slice(0, -8)}AAAAAAAA`],
    ['is unsigned', () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${hint.split('.')[1] ?? ''}.`],
  ])('does not believe a hint which %s: no code without asking', async (_, forged) => {
    const answer = callbackOf(await open(visitor.browser, { prompt: 'none', id_token_hint: forged() }));
    expect(answer.has('code')).toBe(false);
    expect(['invalid_request', 'login_required']).toContain(answer.get('error'));
  });

  it.each([
    ['request', 'request_not_supported'],
    ['request_uri', 'request_uri_not_supported'],
    ['registration', 'registration_not_supported'],
  ])('§6, §7 refuses the parameter %s with %s', async (name, error) => {
    const answer = callbackOf(await open(new Browser(server.origin), { [name]: 'https://app.example/object' }));
    expect([answer.get('error'), answer.get('state')]).toEqual([error, 'the state']);
  });

  it('refuses a request whose client or redirect_uri is wrong without going there', async () => {
    const answer = await new Browser(server.origin).get(
      client.authorizeUrl({ redirect_uri: 'https://evil.example/', scope: 'nonsense', prompt: 'none' }),
    );
    expect([answer.status, answer.location]).toEqual([400, null]);
  });

  it('§3.1.2.1 refuses a nonce that is longer than can be kept', async () => {
    expect(callbackOf(await open(new Browser(server.origin), { nonce: 'x'.repeat(1025) })).get('error')).toBe('invalid_request');
  });
});
