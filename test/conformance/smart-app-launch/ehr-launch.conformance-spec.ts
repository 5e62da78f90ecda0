import { ehrLaunch, launcher, startApp } from '../../support/launching.js';
import {
  allow,
  approvedClient,
  callbackOf,
  type JsonAnswer,
  type OAuthClient,
  publicClient,
  type Tokens,
} from '../../support/oauth-client.js';
import { isPicker } from '../../support/patient-picking.js';
import { ADMIN, CLINICIAN, PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const SCOPE = 'openid fhirUser offline_access launch launch/patient patient/Patient.rs';
const ENCOUNTER = '9a1b0000-0001-4000-8000-000000000301';
const PIA = '9a1b0000-0001-4000-8000-000000000202';

describe('SMART App Launch 2.2, EHR launch', () => {
  let server: TestServer;
  let app: OAuthClient;
  let chart: OAuthClient;
  let aud: string;

  beforeAll(async () => {
    server = await startServer();
    app = await approvedClient(server, { scope: SCOPE, initiate_login_uri: 'https://app.example/launch?from=ehr' });
    chart = await launcher(server);
    aud = server.config.fhirUrl;
  });
  afterAll(() => server.stop());

  const made = async (more: Record<string, string | undefined> = {}): Promise<string> =>
    String((await startApp(chart, app, { patient: PATIENT.subject, ...more })).body['launch']);
  const tokensFor = async (
    launch: string,
    person: typeof CLINICIAN | typeof PATIENT = CLINICIAN,
    more = {},
  ): Promise<Tokens & JsonAnswer['body']> =>
    (await new Visitor(server, person).tokens(app, { scope: SCOPE, aud, launch, ...more })) as unknown as Tokens & JsonAnswer['body'];
  const errorFor = async (launch: string, more: Record<string, string | undefined> = {}): Promise<URLSearchParams> =>
    callbackOf(await new Visitor(server).browser.open(app.authorizeUrl({ scope: SCOPE, aud, launch, ...more })));

  describe('§2.0.8 the EHR opens the app with iss and launch', () => {
    it('gives the launcher where to send the browser', async () => {
      const { status, body, headers } = await startApp(chart, app, { patient: PATIENT.subject });
      expect([status, headers.get('cache-control')]).toEqual([201, 'no-store']);
      expect(body).toMatchObject({ iss: aud, expires_in: 300, launch: expect.stringMatching(/^[\w-]{43}$/) });
      const url = new URL(String(body['launch_url']));
      expect(Object.fromEntries(url.searchParams)).toEqual({ from: 'ehr', iss: aud, launch: body['launch'] });
    });

    it.each<[string, Record<string, string | undefined>, number, string]>([
      ['no app', { app: undefined }, 400, 'invalid_request'],
      ['an unknown app', { app: 'nobody' }, 400, 'invalid_request'],
      ['no user', { user: undefined }, 400, 'invalid_request'],
      ['an unknown user', { user: 'nobody' }, 400, 'invalid_request'],
      ['an unknown patient', { patient: ENCOUNTER }, 400, 'invalid_request'],
      ['a malformed patient', { patient: '7' }, 400, 'invalid_request'],
      ['another record for a patient', { user: PATIENT.subject, patient: PIA }, 400, 'invalid_request'],
      ['a wrong secret', { client_secret: 'wrong' }, 401, 'invalid_client'],
    ])('refuses %s', async (_what, more, status, error) => {
      const answer = await startApp(chart, app, { patient: PATIENT.subject, ...more });
      expect([answer.status, answer.body.error]).toEqual([status, error]);
    });

    it('refuses an app without the scope, and a client that is no launcher', async () => {
      const other = await publicClient(server);
      expect((await startApp(chart, other)).body.error).toBe('invalid_request');
      expect((await startApp(app, app)).body.error).toBe('unauthorized_client');
    });
  });

  describe('§2.0.9 the app asks with launch and aud', () => {
    it('gets the context of the launch, asked for no patient, and keeps it at a refresh', async () => {
      const fhirContext = [{ reference: 'ImagingStudy/123' }];
      const launch = await made({ encounter: ENCOUNTER, intent: 'reconcile', tenant: 'north', fhirContext: JSON.stringify(fhirContext) });
      const tokens = await tokensFor(launch);
      const context = {
        ...{ patient: PATIENT.subject, encounter: ENCOUNTER, intent: 'reconcile', tenant: 'north', fhirContext },
        ...{ need_patient_banner: false, smart_style_url: `${server.issuer}/smart/smart-style` },
      };
      expect(tokens).toMatchObject(context);
      expect((await app.introspect(tokens.access_token)).body).toMatchObject(context);
      expect((await app.refresh(tokens.refresh_token)).body).toMatchObject(context);
      const rows = await server.database.query<Array<{ comments: string }>>("SELECT comments FROM log WHERE event = 'oauth2'");
      const comments = rows.map((row) => Buffer.from(row.comments, 'base64').toString());
      const line = `client ${chart.clientId} started client ${app.clientId} for clinician`;
      expect(comments).toContainEqual(expect.stringMatching(new RegExp(`^OAuth2 app launch success: .*${line}$`)));
    });

    it('gets what a launch token of the EHR says', async () => {
      const tokens = await tokensFor(await ehrLaunch(server, { p: PIA, e: ENCOUNTER, i: 'encounter.forms.dialog', apt: ENCOUNTER }));
      expect(tokens).toMatchObject({
        ...{ patient: PIA, encounter: ENCOUNTER, intent: 'encounter.forms.dialog', need_patient_banner: false },
        fhirContext: [{ reference: `Appointment/${ENCOUNTER}` }],
      });
    });

    it('asks for the patient where the launch names none', async () => {
      const page = await new Visitor(server).arrive(app, { scope: SCOPE, aud, launch: await ehrLaunch(server, { i: 'main.tab' }) });
      expect(isPicker(page)).toBe(true);
    });

    it('tells nothing that the person did not allow', async () => {
      const visitor = new Visitor(server);
      const page = await visitor.arrive(app, { scope: SCOPE, aud, launch: await made() });
      expect(page.text).not.toContain('Choose another');
      const code = callbackOf(await allow(visitor.browser, page, { scope: ['openid', 'patient/Patient.rs'] })).get('code') ?? '';
      const { body } = await app.exchange(code);
      for (const name of ['patient', 'encounter', 'intent', 'smart_style_url']) expect(body).not.toHaveProperty(name);
    });

    it('refuses a launch without aud, and an aud of another server', async () => {
      expect((await errorFor(await made(), { aud: undefined })).get('error')).toBe('invalid_request');
      expect((await errorFor(await made(), { aud: 'https://false.example/fhir' })).get('error_description')).toContain(aud);
    });

    it.each([
      ['nobody made', 'x'.repeat(43)],
      ['is plain text', Buffer.from(JSON.stringify({ p: PATIENT.subject })).toString('base64')],
      ['is nonsense', 'nonsense'],
    ])('refuses a launch that %s', async (_what, launch) => {
      const answer = await errorFor(launch);
      expect([answer.get('error'), answer.get('state')]).toEqual(['invalid_request', 'the state']);
    });

    it('opens a launch once, for five minutes, for its app', async () => {
      const launch = await made();
      await tokensFor(launch);
      expect((await errorFor(launch)).get('error')).toBe('invalid_request');
      const late = await made();
      server.clock.advance(301);
      expect((await errorFor(late)).get('error')).toBe('invalid_request');
      const other = await approvedClient(server, { scope: SCOPE });
      const foreign = callbackOf(await new Visitor(server).browser.open(other.authorizeUrl({ scope: SCOPE, aud, launch: await made() })));
      expect(foreign.get('error')).toBe('invalid_request');
    });

    it('opens a launch once, whichever replica is asked', async () => {
      const other = await server.replica();
      const launch = await made();
      const origins = [server.origin, `http://localhost:${other.config.port}`, server.origin, `http://localhost:${other.config.port}`];
      const url = app.authorizeUrl({ scope: SCOPE, aud, launch });
      const answers = await Promise.all(origins.map((origin) => fetch(url.replace(server.origin, origin), { redirect: 'manual' })));
      const refused = answers.filter((answer) => answer.headers.get('location')?.includes('error=invalid_request'));
      expect(refused).toHaveLength(3);
    });
  });

  describe('for whom it was made', () => {
    it('asks somebody else who is signed in to sign in as that person', async () => {
      const visitor = new Visitor(server, ADMIN);
      const own = await approvedClient(server, { scope: 'openid' });
      await visitor.tokens(own, { scope: 'openid' });
      const page = await visitor.browser.open(app.authorizeUrl({ scope: SCOPE, aud, launch: await made() }));
      expect(page.text).toContain('name="password"');
    });

    it('tells a patient of no record but their own', async () => {
      const own = await tokensFor(await made({ user: PATIENT.subject }), PATIENT);
      expect(own['patient']).toBe(PATIENT.subject);
      const answer = callbackOf(
        await new Visitor(server, PATIENT).visit(app, { scope: SCOPE, aud, launch: await ehrLaunch(server, { p: PIA }) }),
      );
      expect(answer.get('error')).toBe('access_denied');
    });

    it('tells nobody of a patient who is none of this EHR', async () => {
      const answer = callbackOf(
        await new Visitor(server).visit(app, { scope: SCOPE, aud, launch: await ehrLaunch(server, { p: ENCOUNTER }) }),
      );
      expect(answer.get('error')).toBe('access_denied');
    });
  });

  it('skips the consent where the EHR says so for the server and for the client, and for launches alone', async () => {
    const visitor = new Visitor(server);
    const skipping = await approvedClient(server, { scope: SCOPE });
    await server.database.query('UPDATE oauth_clients SET skip_ehr_launch_authorization_flow = 1 WHERE client_id = ?', [skipping.clientId]);
    await visitor.tokens(app, { scope: 'openid' });
    const launch = await ehrLaunch(server, { p: PIA });
    const code = callbackOf(await visitor.browser.open(skipping.authorizeUrl({ scope: SCOPE, aud, launch }))).get('code');
    expect((await skipping.exchange(code)).body).toMatchObject({ patient: PIA, scope: SCOPE });
    const asked = await visitor.browser.open(skipping.authorizeUrl({ scope: 'openid launch' }));
    expect(asked.text).toContain('name="decision"');
    await server.database.query("UPDATE globals SET gl_value = '0' WHERE gl_name = 'oauth_ehr_launch_authorization_flow_skip'");
    server.clock.advance(6);
    expect((await visitor.browser.open(skipping.authorizeUrl({ scope: SCOPE, aud, launch }))).text).toContain('name="decision"');
  });
});
