import { type Answer, Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient, registerClient } from '../../support/oauth-client.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

type Fields = Record<string, string | readonly string[] | undefined>;

describe('RFC 6749 §4.1.2.1 Error Response', () => {
  let server: TestServer;
  let client: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });

  afterAll(() => server.stop());

  const open = (more: Fields, of = client): Promise<Answer> => new Browser(server.origin).get(of.authorizeUrl(more));

  it.each<[string, Fields]>([
    ['unknown', { client_id: 'nobody' }],
    ['missing', { client_id: undefined }],
    ['of impossible form', { client_id: 'a\u00e9\u0001' }],
    ['as long as a book', { client_id: 'x'.repeat(5000) }],
  ])('tells the person, and redirects nowhere, when client_id is %s', async (_, more) => {
    const answer = await open(more);
    expect([answer.status, answer.location]).toEqual([400, null]);
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/);
  });

  it.each<[string, Fields]>([
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'nonsense' }],
  ])('tells the client %s, with its state', async (error, more) => {
    const answer = callbackOf(await open(more));
    expect([answer.get('error'), answer.get('state')]).toEqual([error, 'the state']);
    expect(answer.has('code')).toBe(false);
  });

  it('repeats state in an error exactly', async () => {
    const state = 'a b+c&error=none%20"é';
    expect(callbackOf(await open({ state, scope: 'nonsense' })).getAll('state')).toEqual([state]);
  });

  it('says access_denied when the person does not allow it', async () => {
    const visitor = new Visitor(server);
    const page = await visitor.arrive(client);
    const answer = callbackOf(await visitor.browser.submit(page, { decision: 'deny' }));
    expect([answer.get('error'), answer.get('state'), answer.has('code')]).toEqual(['access_denied', 'the state', false]);
  });

  it('says access_denied when the person turns back at the sign-in page', async () => {
    const browser = new Browser(server.origin);
    const answer = await browser.submit(await browser.open(client.authorizeUrl()), { cancel: '1' });
    expect(callbackOf(answer).get('error')).toBe('access_denied');
  });

  it('grants nothing on a consent form without a decision', async () => {
    const visitor = new Visitor(server);
    const answer = await visitor.browser.submit(await visitor.arrive(client), {});
    expect(answer.location ?? '').not.toContain('code=');
  });

  it('says unauthorized_client to a client that is not registered for codes', async () => {
    const other = await approvedClient(server, { grant_types: ['refresh_token'], response_types: [] });
    expect(callbackOf(await open({}, other)).get('error')).toBe('unauthorized_client');
  });

  it('tells the person in words that a client waits for approval, and asks for no password', async () => {
    const waiting = await registerClient(server);
    const page = await new Browser(server.origin).open(waiting.authorizeUrl());
    expect([page.location, page.text.includes('name="password"')]).toEqual([null, false]);
    expect([page.status >= 400 && page.status < 500, /approv/i.test(page.text)]).toEqual([true, true]);
  });

  it.each(['nonsense"\\\u00e9', 'nonsense\u0007', '<script>alert(1)</script>'])(
    'keeps error_description to the characters it may have: scope %j',
    async (scope) => {
      const description = callbackOf(await open({ scope })).get('error_description');
      expect(description).toMatch(/^[\x20-\x21\x23-\x5b\x5d-\x7e]+$/);
    },
  );

  it('tells the log why', async () => {
    const answer = await open({ scope: 'nonsense' });
    const refusal = server.logs.refusals().at(-1);
    expect(refusal).toMatchObject({ error: 'invalid_scope', requestId: answer.headers.get('x-request-id') });
  });
});
