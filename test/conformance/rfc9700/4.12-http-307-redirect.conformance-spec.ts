import { type Answer, encodeForm, formOf } from '../../support/browser.js';
import { approvedClient, CALLBACK, type OAuthClient } from '../../support/oauth-client.js';
import { CLINICIAN } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

describe('RFC 9700 §4.12 HTTP 307 Redirect', () => {
  let server: TestServer;
  let client: OAuthClient;
  let visitor: Visitor;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
    visitor = new Visitor(server);
  });

  afterAll(() => server.stop());

  /** Posts the form of a page and follows nothing. */
  const post = (page: Answer, fields: Record<string, string>): Promise<Answer> => {
    const form = formOf(page);
    return visitor.browser.post(new URL(form.action, page.url).href, { ...form.fields, ...fields });
  };

  it('answers the form with the password by 303, after which a browser sends no body', async () => {
    const page = await visitor.browser.open(client.authorizeUrl({ prompt: 'login' }));
    const answer = await post(page, { username: CLINICIAN.username, password: CLINICIAN.password, user_role: 'users' });
    expect([answer.status, answer.text]).toEqual([303, '']);
  });

  it.each(['allow', 'deny'])('answers the consent form by 303: %s', async (decision) => {
    const page = await visitor.arrive(client);
    expect(page.text).toContain('name="decision"');
    expect((await post(page, { decision })).status).toBe(303);
  });

  it('sends the browser to the client by GET, not again with what it posted', async () => {
    const page = await visitor.arrive(client);
    let answer = await post(page, { decision: 'allow' });
    while (answer.location !== null && !answer.location.startsWith(CALLBACK)) {
      answer = await visitor.browser.get(answer.location);
      expect([302, 303]).toContain(answer.status);
    }
    expect(answer.location).toContain('code=');
  });

  it('answers an authorization request that was posted by 303 as well', async () => {
    const [, query = ''] = client.authorizeUrl({ prompt: 'none', scope: 'nonsense' }).split('?');
    const answer = await visitor.browser.post(`${server.issuer}/authorize`, query);
    expect([answer.status, answer.location?.startsWith(CALLBACK)]).toEqual([303, true]);
  });

  it('shows the sign-in page again, and redirects nowhere, when the password is wrong', async () => {
    const page = await visitor.browser.open(client.authorizeUrl({ prompt: 'login' }));
    const answer = await post(page, { username: CLINICIAN.username, password: 'wrong', user_role: 'users' });
    expect([answer.status, answer.location]).toEqual([200, null]);
    expect(answer.text).not.toContain('value="wrong"');
  });

  it('repeats no form field in an address', async () => {
    const page = await visitor.arrive(client);
    const answer = await post(page, { decision: 'allow', extra: 'secret of the person' });
    expect(answer.location).not.toContain(encodeForm({ extra: 'secret of the person' }));
  });
});
