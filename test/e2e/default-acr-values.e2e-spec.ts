import { removeClient } from '../../src/cli/client-removal.js';
import { Browser } from '../support/browser.js';
import { approvedClient, callbackOf, getJson, postJson, SCOPE } from '../support/oauth-client.js';
import { CLINICIAN, TOTP_DOCTOR } from '../support/people.js';
import { arrive, claimsAfter, codeOf } from '../support/second-factor-steps.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** @see OIDC Registration §2 default_acr_values */
describe('Default authentication context classes of a client', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.advance(60));

  const registered = (values: unknown) => approvedClient(server, { default_acr_values: values });
  const stored = (): Promise<unknown[]> => server.database.query('SELECT client_id, acr_values FROM oauth2_client_defaults');

  it('are registered, read back, used where a request says nothing, and removed with the client', async () => {
    const client = await registered(['urn:example:gold', '2']);
    const { registration_client_uri: uri, registration_access_token: token } = client.registration;
    expect(client.registration['default_acr_values']).toEqual(['urn:example:gold', '2']);
    const read = await getJson(String(uri), { authorization: `Bearer ${String(token)}` });
    expect(read.body['default_acr_values']).toEqual(['urn:example:gold', '2']);

    const browser = new Browser(server.origin);
    expect((await arrive(browser, client, CLINICIAN)).text).toContain('setup-key');
    expect(callbackOf(await browser.open(client.authorizeUrl({ prompt: 'none' }))).get('error')).toBe('unmet_authentication_requirements');
    expect((await browser.open(client.authorizeUrl({ acr_values: '1' }))).text).toContain('name="decision"');
    expect((await browser.open(client.authorizeUrl({ acr_values: 'urn:example:gold' }))).text).toContain('name="decision"');

    const other = new Browser(server.origin);
    const page = await arrive(other, client, TOTP_DOCTOR);
    const consent = await other.submit(page, { mfa_token: codeOf(server, TOTP_DOCTOR.totpSecret) });
    expect(await claimsAfter(other, client, consent)).toMatchObject({ acr: '2' });

    expect(await stored()).toEqual([{ client_id: client.clientId, acr_values: 'urn:example:gold 2' }]);
    await removeClient(server.app, client.clientId);
    expect(await stored()).toEqual([]);
  });

  it('ask for nothing where this server knows none of them, and a session of one factor is enough for another client', async () => {
    const browser = new Browser(server.origin);
    const gold = await registered(['urn:example:gold']);
    expect(gold.registration['default_acr_values']).toEqual(['urn:example:gold']);
    expect((await arrive(browser, gold, CLINICIAN)).text).toContain('name="decision"');
    const none = await registered([]);
    expect(none.registration).not.toHaveProperty('default_acr_values');
    expect((await browser.open(none.authorizeUrl())).text).toContain('name="decision"');
  });

  it.each([['2'], [[2]], [['1 2']], [{ first: '2' }], [Array.from({ length: 21 }, (_, n) => `urn:${n}`)]])(
    'cannot be %j',
    async (values) => {
      const before = await stored();
      const metadata = { client_name: 'App', redirect_uris: ['https://app.example/callback'], scope: SCOPE, default_acr_values: values };
      const { status, body } = await postJson(`${server.issuer}/registration`, { application_type: 'private', ...metadata });
      expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
      expect(body.error_description).toMatch(/^default_acr_values/);
      expect(await stored()).toEqual(before);
    },
  );
});
