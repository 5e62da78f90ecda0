import { Browser } from '../../support/browser.js';
import {
  approvedClient,
  CALLBACK,
  callbackOf,
  getJson,
  type JsonAnswer,
  type OAuthClient,
  publicClient,
  signIn,
} from '../../support/oauth-client.js';
import { choose, isPicker } from '../../support/patient-picking.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { type LaunchAnswer, standaloneLaunch } from '../../support/standalone-launch.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const SCOPE = 'openid fhirUser launch/patient patient/Patient.rs offline_access';

describe('SMART App Launch 2.2, App Launch: Launch and Authorization', () => {
  let server: TestServer;
  let app: OAuthClient;
  let launched: LaunchAnswer;

  beforeAll(async () => {
    server = await startServer();
    app = await publicClient(server, { scope: SCOPE, redirect_uris: [CALLBACK] });
    launched = await standaloneLaunch(app, { request: { scope: SCOPE, aud: server.config.fhirUrl } });
  });

  afterAll(() => server.stop());

  const refused = async (more: Record<string, string | undefined>): Promise<URLSearchParams> =>
    callbackOf(await new Browser(server.origin).open(app.authorizeUrl({ scope: SCOPE, ...more })));
  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];
  const codeOf = async (): Promise<string | null> => (await app.authorize({ scope: 'openid' })).get('code');

  describe('Considerations for PKCE support', () => {
    it('SHALL support the method S256', async () => {
      expect((await app.exchange(await codeOf())).status).toBe(200);
    });

    it('SHALL NOT support the method plain', async () => {
      expect((await refused({ code_challenge: app.verifier, code_challenge_method: 'plain' })).get('error')).toBe('invalid_request');
      expect((await refused({ code_challenge_method: undefined })).get('error')).toBe('invalid_request');
    });

    it('refuses an app without a challenge, and a code without its verifier', async () => {
      expect((await refused({ code_challenge: undefined, code_challenge_method: undefined })).get('error')).toBe('invalid_request');
      expect((await app.exchange(await codeOf(), { code_verifier: undefined })).status).toBe(400);
      expect(outcome(await app.exchange(await codeOf(), { code_verifier: 'x'.repeat(43) }))).toEqual([400, 'invalid_grant']);
    });
  });

  describe('Considerations for Cross-Origin Resource Sharing (CORS) support', () => {
    it('SHALL permit any origin to read the discovery document', async () => {
      const answer = await getJson(`${server.config.fhirUrl}/.well-known/smart-configuration`, { origin: 'https://anybody.example' });
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    });

    it("SHALL permit a client's registered origins to use the token endpoint, and no other", async () => {
      const origins = ['https://app.example', 'https://stranger.example'];
      const answers = await Promise.all(origins.map(async (origin) => app.exchange('none', {}, { origin })));
      expect(answers.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual(['https://app.example', null]);
    });
  });

  describe('Obtain authorization code', () => {
    it('SHALL match redirect_uri with one that is registered, and send nobody to another', async () => {
      const page = await new Browser(server.origin).open(app.authorizeUrl({ redirect_uri: `${CALLBACK}/more` }));
      expect([page.status, page.location]).toEqual([400, null]);
    });

    it('gives state back unchanged, with a code and with an error', async () => {
      const state = 'ü &=+%20 "x"';
      expect((await app.authorize({ scope: 'openid', state })).get('state')).toBe(state);
      expect((await refused({ state, code_challenge_method: 'plain' })).get('state')).toBe(state);
    });

    it('checks aud: refuses a request that is meant for another FHIR server, and says for which it could be', async () => {
      const answer = await refused({ aud: 'https://counterfeit.example/fhir' });
      expect([answer.get('error'), answer.get('error_description')]).toEqual([
        'invalid_request',
        expect.stringContaining(server.config.fhirUrl),
      ]);
    });

    it('asks the person, and gives no more than they allow', async () => {
      const browser = new Browser(server.origin);
      const page = await signIn(browser, await browser.open(app.authorizeUrl({ scope: SCOPE })), CLINICIAN);
      expect(isPicker(page)).toBe(true);
      const consent = await choose(browser, page, '1');
      const answer = await browser.submit(consent, { decision: 'allow', scope: ['openid', 'launch/patient'] });
      const { body } = await app.exchange(callbackOf(answer).get('code'));
      expect(body).toMatchObject({ scope: 'openid launch/patient', patient: PATIENT.subject });
      expect(body).not.toHaveProperty('refresh_token');
    });

    it('tells the app when the person refuses', async () => {
      const browser = new Browser(server.origin);
      const page = await signIn(browser, await browser.open(app.authorizeUrl({ scope: 'openid' })), CLINICIAN);
      expect(callbackOf(await browser.submit(page, { decision: 'deny' })).get('error')).toBe('access_denied');
    });
  });

  describe('Obtain access token', () => {
    it('SHALL answer in JSON with access_token, token_type Bearer and scope, and with expires_in', () => {
      expect(launched).toMatchObject({
        access_token: expect.any(String),
        token_type: 'Bearer',
        scope: SCOPE,
        expires_in: expect.any(Number),
      });
    });

    it('SHALL forbid to keep the answer: Cache-Control no-store and Pragma no-cache', async () => {
      const { status, headers } = await app.exchange(await codeOf());
      expect([status, headers.get('cache-control'), headers.get('pragma')]).toEqual([200, 'no-store', 'no-cache']);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
    });

    it('takes a code once', async () => {
      const code = await codeOf();
      expect((await app.exchange(code)).status).toBe(200);
      expect(outcome(await app.exchange(code))).toEqual([400, 'invalid_grant']);
    });

    it('takes a code from the client that it was given to, and from no other', async () => {
      const other = await publicClient(server, { redirect_uris: [CALLBACK] });
      const answer = await other.exchange(await codeOf(), { code_verifier: app.verifier });
      expect(outcome(answer)).toEqual([400, 'invalid_grant']);
    });
  });

  describe('Refresh access token', () => {
    it('SHALL bind the refresh token to its client', async () => {
      const other = await approvedClient(server, { scope: SCOPE });
      const { refresh_token: token } = await standaloneLaunch(app, { request: { scope: SCOPE } });
      expect(outcome(await other.refresh(token))).toEqual([400, 'invalid_grant']);
    });

    it('keeps the launch context and the scopes, and gives less when less is asked for, never more', async () => {
      const { refresh_token: token } = await standaloneLaunch(app, { request: { scope: SCOPE } });
      const { body } = await app.refresh(token);
      expect(body).toMatchObject({ patient: PATIENT.subject, need_patient_banner: true, scope: SCOPE, expires_in: expect.any(Number) });
      const less = await app.refresh(String(body['refresh_token']), { scope: 'patient/Patient.r' });
      expect(less.body).toMatchObject({ scope: 'patient/Patient.r' });
      expect(outcome(await app.refresh(String(less.body['refresh_token']), { scope: 'user/Patient.rs' }))).toEqual([400, 'invalid_scope']);
    });
  });
});
