import { Browser } from '../support/browser.js';
import { approvedClient, callbackOf, type OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { arrive, claimsAfter, keyOptionsOf, sendCredential, wordsOf } from '../support/second-factor-steps.js';
import { type Behaviour, SoftwareAuthenticator } from '../support/software-authenticator.js';
import { startServer, type TestServer } from '../support/start-server.js';

describe('Security keys of the EHR (U2F)', () => {
  let server: TestServer;
  let client: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const fresh = () => new Browser(server.origin);
  const askedForKey = async () => {
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    return { browser, page, options: await keyOptionsOf(browser, page) };
  };
  const atSignIn = async () => {
    const browser = fresh();
    const page = await browser.open(client.authorizeUrl());
    return { browser, page, options: await keyOptionsOf(browser, page) };
  };

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    await run('DELETE FROM login_mfa_registrations WHERE user_id = 2');
    await run('DELETE FROM oauth_trusted_user');
  });

  const insert = async (counter: number) => {
    const key = new SoftwareAuthenticator(server.origin);
    const publicKey = key.point.toString('base64').replaceAll('/', '\\/');
    const data = `{"keyHandle":"${key.id}","publicKey":"${publicKey}","certificate":"MIIB\\/g==","counter":${counter}}`;
    const sql = "INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (2, 'Old key', 'U2F', ?, '')";
    await run(sql, [data]);
    return { key, data, appId: server.origin.replace('http:', 'https:') };
  };
  const stored = async () => (await run<{ var1: string }>('SELECT var1 FROM login_mfa_registrations WHERE user_id = 2'))[0]?.var1;

  it('keep working, and count as the EHR counts', async () => {
    const { key, data, appId } = await insert(-1);
    for (const counter of [0, 5]) {
      const { browser, page, options } = await askedForKey();
      expect(options).toMatchObject({ allowCredentials: [{ id: key.id }], extensions: { appid: appId } });
      const consent = await sendCredential(browser, page, key.get(options, { appId, counter, verifiesUser: false, userHandle: null }));
      expect(await claimsAfter(browser, client, consent)).toMatchObject({ amr: ['pwd', 'hwk', 'user', 'mfa'], acr: '2' });
      expect(await stored()).toBe(data.replace('"counter":-1', `"counter":${counter}`));
    }
  });

  it.each<[string, Behaviour]>([
    ['a counter that does not go up', { counter: 9 }],
    ['another site', { counter: 20, origin: 'https://evil.example' }],
    ['another application id', { counter: 20, rpId: 'https://evil.example' }],
  ])('are refused with %s', async (_what, behaviour) => {
    const { key, data, appId } = await insert(9);
    const { browser, page, options } = await askedForKey();
    const refused = await sendCredential(browser, page, key.get(options, { appId, ...behaviour }));
    expect(wordsOf(refused)).toContain('That key was not accepted');
    expect(await stored()).toBe(data);
  });

  it('do not stand for name and password', async () => {
    const { key, appId } = await insert(-1);
    const { browser, page, options } = await atSignIn();
    const refused = await sendCredential(
      browser,
      page,
      key.get(options, { appId, userHandle: Buffer.from(CLINICIAN.subject).toString('base64url') }),
    );
    expect(wordsOf(refused)).toContain('That key was not accepted');
  });

  it('ask for something even where the EHR’s row is broken', async () => {
    await run("INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (2, 'Key', 'U2F', 'x', '')");
    const browser = fresh();
    const page = await arrive(browser, client, CLINICIAN);
    expect(page.text).toContain('data-key="get"');
    expect(callbackOf(await browser.submit(page, { credential: undefined, cancel: '1' })).get('error')).toBe('access_denied');
  });
});
