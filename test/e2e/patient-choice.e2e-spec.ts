import { join } from 'node:path';
import { type Answer, Browser } from '../support/browser.js';
import { askEhrApi } from '../support/ehr-api.js';
import {
  allow,
  approvedClient,
  callbackOf,
  decodeJwt,
  getJson,
  type OAuthClient,
  postForm,
  signIn,
  type Tokens,
} from '../support/oauth-client.js';
import { auditedPatients, choose, isPicker, offeredNames } from '../support/patient-picking.js';
import { ADMIN, CLINICIAN, PATIENT } from '../support/people.js';
import { readProjectFile } from '../support/source-files.js';
import { startServer, type TestServer } from '../support/start-server.js';

type Row = Record<string, unknown>;

const SCOPE = 'openid offline_access fhirUser launch/patient launch/encounter patient/Patient.read';
const GRANTED = SCOPE.replace(' launch/encounter', '');
/** Behind the challenge of docs/smart.md, which is that of RFC 7636, appendix B. */
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const PIA = '9a1b0000-0001-4000-8000-000000000202';

/** A section of docs/smart.md. */
function sectionOf(title: string): string {
  return readProjectFile('docs/smart.md').split(`\n## ${title}\n`)[1] ?? '';
}

describe('Standalone launch: the choice of a patient', () => {
  let server: TestServer;
  let client: OAuthClient;
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    client = await approvedClient(server, { client_name: 'Growth chart', scope: SCOPE });
  });

  beforeEach(() => {
    browser = new Browser(server.origin);
  });

  afterAll(() => server.stop());

  const query = (sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query<Row[]>(sql, values);
  const ask = (more: Record<string, string> = {}): Promise<Answer> => browser.open(client.authorizeUrl({ scope: SCOPE, ...more }));
  /** Signs in as far as the picker. */
  async function picker(more: Record<string, string> = {}): Promise<Answer> {
    const page = await signIn(browser, await ask(more), CLINICIAN);
    expect(isPicker(page)).toBe(true);
    return page;
  }
  async function tokensFrom(answer: Answer): Promise<Tokens & Row> {
    const exchanged = await client.exchange(callbackOf(answer).get('code'));
    expect(exchanged.status).toBe(200);
    return exchanged.body as unknown as Tokens & Row;
  }
  const siteDir = (): string => server.config.ehrSiteDir ?? join(server.config.dataDir, 'embedded-site');
  const askApi = ({ access_token: token }: Tokens): Promise<unknown> =>
    askEhrApi(query, token, { siteDir: siteDir(), timeZone: 'UTC', now: server.clock.now() });
  it('leads staff from the picker over the consent to a token about that patient, which a refresh keeps', async () => {
    const consent = await choose(browser, await picker(), '2');
    expect(consent.text).toContain('This is about the record of <strong><bdi class="name">Pia Pending</bdi></strong>.');
    const tokens = await tokensFrom(await allow(browser, consent));
    const context = { patient: PIA, need_patient_banner: true, smart_style_url: `${server.issuer}/smart/smart-style` };
    expect(tokens).toMatchObject({ ...context, scope: GRANTED });
    expect(decodeJwt(tokens.id_token ?? '').claims['fhirUser']).toBe(`${server.config.fhirUrl}/Practitioner/${CLINICIAN.subject}`);
    expect(await askApi(tokens)).toEqual({ accepted: true, role: 'users', patient: PIA });
    const [trusted] = await query('SELECT session_cache FROM oauth_trusted_user WHERE client_id = ?', [client.clientId]);
    expect(JSON.parse(String(trusted?.['session_cache']))).toMatchObject({ puuid: PIA, user_id: CLINICIAN.subject });

    const refreshed = (await client.refresh(tokens.refresh_token)).body as unknown as Tokens & Row;
    expect(refreshed).toMatchObject(context);
    expect(await askApi(refreshed)).toEqual({ accepted: true, role: 'users', patient: PIA });
    expect((await client.introspect(refreshed.access_token)).body).toMatchObject({
      ...{ active: true, ...context, fhirUser: `${server.config.fhirUrl}/Practitioner/${CLINICIAN.subject}` },
    });
    const style = await getJson(String(refreshed['smart_style_url']), { origin: 'https://anywhere.example' });
    expect(style).toMatchObject({ status: 200, body: { color_background: expect.stringMatching(/^#/) } });
    expect(style.headers.get('access-control-allow-origin')).toBe('*');
    const logo = await fetch(String(style.body['logo_primary']));
    expect([logo.status, logo.headers.get('content-type')]).toEqual([200, 'image/svg+xml']);
  });

  it('goes as docs/smart.md says', async () => {
    const [request = '', exchange = ''] = [...sectionOf('Standalone launch').matchAll(/```(?:text|sh)\n(.*?)```/gs)].map(
      ([, text]) => text,
    );
    const [address = ''] = [request.replaceAll(/\s/g, '')];
    const url = new URL(address.replace('https://id.clinic.example/oauth2/default', server.issuer));
    url.searchParams.set('aud', server.config.fhirUrl);
    const redirectUri = url.searchParams.get('redirect_uri') ?? '';
    const consent = await choose(browser, await signIn(browser, await browser.open(url.href), CLINICIAN), '1');
    const { location } = await allow(browser, consent);
    expect(location?.startsWith(redirectUri)).toBe(true);
    const code = new URL(location ?? '').searchParams.get('code') ?? '';
    const fields = [...exchange.matchAll(/-d (\w+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value] as const);
    const answer = await postForm(`${server.issuer}/token`, { ...Object.fromEntries(fields), code, code_verifier: VERIFIER });
    expect(answer).toMatchObject({ status: 200, body: { patient: PATIENT.subject, scope: url.searchParams.get('scope') } });
  });

  it('asks a portal patient nothing: the record is their own', async () => {
    const consent = await signIn(browser, await ask(), PATIENT);
    expect(consent.text).not.toContain('This is about the record of');
    const tokens = await tokensFrom(await allow(browser, consent));
    expect(tokens).toMatchObject({ patient: PATIENT.subject, need_patient_banner: true });
    expect(decodeJwt(tokens.id_token ?? '').claims['fhirUser']).toBe(`${server.config.fhirUrl}/Patient/${PATIENT.subject}`);
    expect(await askApi(tokens)).toEqual({ accepted: true, role: 'patient' });
  });

  it('gives no context with the scope unticked, and none that was not asked for', async () => {
    const consent = await choose(browser, await picker(), '2');
    const tokens = await tokensFrom(await allow(browser, consent, { scope: ['openid', 'patient/Patient.read'] }));
    expect(tokens).not.toHaveProperty('patient');
    const plain = await tokensFrom(await allow(browser, await ask({ scope: 'openid patient/Patient.read' })));
    expect(plain).not.toHaveProperty('patient');
    expect(await askApi(plain)).toEqual({ accepted: true, role: 'users' });
  });

  it('asks again although the consent is remembered, and whom it was about is not', async () => {
    const consent = await choose(browser, await picker(), '2');
    await tokensFrom(await allow(browser, consent, { remember: '1' }));
    const again = await ask();
    expect(isPicker(again)).toBe(true);
    expect(offeredNames(again)[0]).toBe('Pia Pending'); // chosen before
    expect(await tokensFrom(await choose(browser, again, '1'))).toMatchObject({ patient: PATIENT.subject });
    expect(offeredNames(await ask())).toEqual(['Phil Patient', 'Pia Pending']);
    await query('DELETE FROM oauth_trusted_user');
  });

  it('tells a client that forbids pages what is missing', async () => {
    await picker();
    expect(callbackOf(await ask({ prompt: 'none' })).get('error')).toBe('interaction_required');
  });

  describe('the back button and a second tab', () => {
    it('let a person choose somebody else, who is then named on the consent page', async () => {
      const first = await picker();
      const consent = await choose(browser, first, '2');
      const back = await browser.open(first.url);
      expect(isPicker(back)).toBe(true);
      const other = await choose(browser, back, '1');
      expect(other.text).toContain('Phil Patient</bdi></strong>');
      const stale = await allow(browser, consent); // in the first tab, where Pia is named
      expect(stale.text).toContain('Phil Patient</bdi></strong>');
      expect(await tokensFrom(await allow(browser, stale))).toMatchObject({ patient: PATIENT.subject });
      expect((await browser.open(first.url)).text).toContain('already');
      expect((await choose(browser, first, '2')).text).toContain('already');
    });

    it('let nobody choose for the one who signed in meanwhile', async () => {
      const page = await picker();
      await browser.submit(await browser.open(`${server.issuer}/logout`), { decision: 'sign_out' });
      expect((await choose(browser, page, '2')).text).toContain('name="password"');
      const other = await signIn(browser, await browser.open(page.url), ADMIN);
      expect(isPicker(other)).toBe(true);
      expect((await choose(browser, page, '2')).status).toBe(403);
      expect((await choose(browser, other, '2')).text).toContain('Pia Pending');
    });

    it('let a person turn back', async () => {
      const page = await picker();
      expect(callbackOf(await choose(browser, page, '', { cancel: '1' })).get('error')).toBe('access_denied');
    });
  });

  it('takes no patient that there is not', async () => {
    let page = await picker();
    await auditedPatients(server.database);
    const refused = ['', '0', '-1', '3', '1e0', '01', '1.0', ' 1', '99999999999999999999', PIA, "1' OR '1'='1", 'x'.repeat(10_000)];
    for (const sent of refused) {
      page = await choose(browser, page, sent);
      expect({ sent, isRefused: page.text.includes('That patient cannot be chosen') }).toEqual({ sent, isRefused: true });
    }
    const lines = await auditedPatients(server.database);
    expect(lines).toHaveLength(refused.length);
    const comment = `OAuth2 patient choice failure: 127.0.0.1. client ${client.clientId}, no such patient`;
    expect(lines.at(-1)).toEqual({ user: CLINICIAN.username, patient: null, success: 0, comment });
    expect((await choose(browser, page, '1')).text).toContain('Phil Patient');
  });

  it('asks again when the patient was removed after the choice', async () => {
    await query("INSERT INTO patient_data (pid, pubpid, fname, lname) VALUES (90, '90', 'Gone', 'Soon')");
    const consent = await choose(browser, await picker(), '90');
    expect(consent.text).toContain('Gone Soon'); // who was given a uuid
    await query('DELETE FROM patient_data WHERE pid = 90');
    expect(isPicker(await allow(browser, consent))).toBe(true);
    expect(offeredNames(await ask())).not.toContain('Gone Soon');
  });
});
