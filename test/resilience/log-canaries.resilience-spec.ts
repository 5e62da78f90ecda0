import { backendService } from '../support/backend-service.js';
import { Browser } from '../support/browser.js';
import { ehrLaunch, launcher, startApp } from '../support/launching.js';
import { approvedClient, callbackOf, getJson, type OAuthClient, postForm, signIn, type Tokens } from '../support/oauth-client.js';
import { choose, searchFor } from '../support/patient-picking.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

const SCOPE = 'openid profile offline_access fhirUser launch launch/patient patient/Patient.read user/Patient.read';
const WRONG = 'Wrong#Canary-password-7';
const SEARCHED = 'Pending';

/** What is secret or about a patient goes through every path, and must be found in none of the places that others read. */
describe('Secrets and names', () => {
  let server: TestServer;
  let app: OAuthClient;
  const canaries = new Map<string, string>();
  const pages: string[] = [];
  const note = (what: string, value: unknown): string => {
    if (typeof value !== 'string' || value.length < 6) throw new Error(`no canary: ${what}`);
    canaries.set(value, what);
    return value;
  };
  const noteTokens = (name: string, { access_token: access, refresh_token: refresh, id_token: id }: Partial<Tokens>): void => {
    for (const [kind, token] of Object.entries({ access, refresh, id })) if (token !== undefined) note(`${name} ${kind} token`, token);
  };

  beforeAll(async () => {
    server = await startServer({ env: { LOG_LEVEL: 'trace', CHARTKEY_METRICS: 'on' } });
    app = await approvedClient(server, { scope: SCOPE });
    note('client secret', app.registration.client_secret);
    note('password', CLINICIAN.password);
    note('patient password', PATIENT.password);
    note('wrong password', WRONG);
    note('name of a patient', SEARCHED);
  });
  afterAll(() => server.stop());

  it('go the good way', async () => {
    const visitor = new Visitor(server, PATIENT);
    const code = note('code', await visitor.code(app, { scope: SCOPE }));
    const { body } = await app.exchange(code);
    noteTokens('first', body as unknown as Tokens);
    const refreshed = await app.refresh(String(body['refresh_token']));
    noteTokens('second', refreshed.body as unknown as Tokens);
    const { access_token: access, refresh_token: refresh } = refreshed.body as unknown as Tokens;
    await app.introspect(access);
    await app.userinfo(access);
    await app.revoke(access);
    await app.revoke(refresh);
  });

  it('go through the choice of a patient, a launch and a service', async () => {
    const browser = new Browser(server.origin);
    const picker = await signIn(browser, await browser.open(app.authorizeUrl({ scope: SCOPE })), CLINICIAN);
    await choose(browser, await searchFor(browser, picker, SEARCHED), '2');
    const chart = await launcher(server);
    note('secret of the launcher', chart.registration.client_secret);
    const launch = note('launch', (await startApp(chart, app, { patient: PATIENT.subject })).body['launch']);
    await new Visitor(server).visit(app, { scope: SCOPE, aud: server.config.fhirUrl, launch });
    await new Visitor(server).visit(app, { scope: SCOPE, aud: server.config.fhirUrl, launch }); // used by now
    const ofEhr = note('launch of the EHR', await ehrLaunch(server, { p: PATIENT.subject }));
    await new Visitor(server).visit(app, { scope: SCOPE, aud: 'https://false.example', launch: ofEhr });
    const service = await backendService(server);
    const assertion = note('assertion', await service.assertion());
    noteTokens('service', (await service.ask({}, assertion)).body as unknown as Tokens);
    await service.ask({}, assertion); // used by now
  });

  it('go wrong in every way', async () => {
    const visitor = new Visitor(server, { ...CLINICIAN, password: WRONG });
    pages.push((await visitor.arrive(app)).text);
    const code = note('spoilt code', await new Visitor(server, PATIENT).code(app, { scope: SCOPE }));
    await app.exchange(code, { code_verifier: note('verifier', 'wrong-verifier-canary-wrong-verifier-canary-1234') });
    await app.exchange(code, { client_secret: note('wrong secret', 'wrong-client-secret-canary') });
    await app.exchange(code, { redirect_uri: 'https://elsewhere.example/' });
    const bogus = note('bogus token', 'bogus-token-canary-0123456789');
    await app.refresh(bogus);
    await app.introspect(bogus);
    await app.revoke(bogus);
    await app.userinfo(bogus);
    const url = `${server.issuer}/token`;
    const fields = { grant_type: 'password', username: CLINICIAN.username, user_role: 'users', password: WRONG, scope: 'openid' };
    await postForm(url, { ...fields, ...app.credentials, mfa_token: note('code of a factor', '918273') });
    await postForm(url, { ...fields, username: TOTP_DOCTOR.username, password: TOTP_DOCTOR.password, ...app.credentials });
    await getJson(`${server.issuer}/userinfo?access_token=${bogus}`);
    await fetch(`${server.issuer}/authorize?client_id=${app.clientId}&code=${code}&password=${encodeURIComponent(WRONG)}`, {
      redirect: 'manual',
    });
    await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password: WRONG, token: bogus }),
    });
    const answer = callbackOf(await new Visitor(server).visit(app, { scope: 'user/Claim.rs' }));
    expect(answer.get('error')).toBe('invalid_scope');
  });

  it('are in no log, no metric and no page', async () => {
    expect(canaries.size).toBeGreaterThan(20);
    const metrics = await (await fetch(`${server.origin}/metrics`)).text();
    expect(metrics).toContain('chartkey_http_request_duration_seconds');
    const places = { log: server.logs.text(), metrics, pages: pages.join('\n') };
    expect(server.logs.lines.length).toBeGreaterThan(50);
    const leaks = Object.entries(places).flatMap(([place, text]) =>
      [...canaries]
        .filter(([value]) => text.includes(value) || text.includes(encodeURIComponent(value)))
        .map(([, what]) => `${what} in ${place}`),
    );
    expect(leaks).toEqual([]);
  });
});
