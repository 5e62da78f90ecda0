import { createHash, randomBytes } from 'node:crypto';
import { sealOpaqueToken } from '../../src/platform/ehr/defuse.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { type EhrCodeFacts, EhrServer } from '../support/ehr-server.js';
import { EHR_VECTORS } from '../support/ehr-vectors.js';
import { approvedClient, CALLBACK, decodeJwt, type JsonAnswer, OAuthClient, publicClient } from '../support/oauth-client.js';
import { ehrLaunch } from '../support/launching.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { ShiftableClock } from '../support/shiftable-clock.js';
import { startServer, TEST_DATABASE, type TestServer } from '../support/start-server.js';

const SCOPES = ['openid', 'offline_access', 'api:oemr', 'user/Patient.read'];

describe("Authorization codes of the EHR's own server", () => {
  let server: TestServer;
  let ehr: EhrServer;
  let client: OAuthClient;
  let other: OAuthClient;
  let unnamed: OAuthClient;

  const run = <Row = Record<string, unknown>>(sql: string, values: unknown[] = []): Promise<Row[]> => server.database.query(sql, values);
  const challengeOf = ({ verifier }: OAuthClient) => createHash('sha256').update(verifier).digest('base64url');
  const issue = (changes: Partial<EhrCodeFacts> = {}, to: OAuthClient = client) =>
    ehr.issueCode({
      clientId: to.clientId,
      subject: CLINICIAN.subject,
      scopes: SCOPES,
      redirectUri: CALLBACK,
      challenge: challengeOf(to),
      session: { nonce: 'the nonce' },
      ...changes,
    });
  const detail = () => server.logs.refusals().at(-1)?.detail;
  const refusal = ({ status, body }: JsonAnswer) => [status, body.error];
  const trusted = () => run('SELECT * FROM oauth_trusted_user WHERE client_id = ? AND user_id = ?', [client.clientId, CLINICIAN.subject]);

  beforeAll(async () => {
    server = await startServer();
    ehr = EhrServer.beside(server);
    [client, other, unnamed] = [await approvedClient(server), await approvedClient(server), await publicClient(server)];
  });
  afterAll(() => server.stop());

  it('are exchanged for tokens with the nonce of the request', async () => {
    const { status, body } = await client.exchange(await issue({ scopes: [...SCOPES, 'nonce', 'site:default'] }));
    expect([status, body['scope']]).toEqual([200, SCOPES.join(' ')]);
    const { claims } = decodeJwt(String(body['id_token']));
    expect(claims).toMatchObject({ sub: CLINICIAN.subject, aud: client.clientId, nonce: 'the nonce' });
    for (const unknown of ['auth_time', 'amr', 'acr', 'sid']) expect(claims).not.toHaveProperty(unknown);
    expect(body).not.toHaveProperty('patient');
    expect((await client.userinfo(String(body['access_token']))).status).toBe(200);
    expect((await client.refresh(String(body['refresh_token']))).status).toBe(200);
  });

  it('leave the row of the trusted user as if they had been issued here', async () => {
    await client.exchange(await issue({ requested: [...SCOPES, 'email'] }));
    const rows = await trusted();
    expect(rows).toMatchObject([
      { user_id: CLINICIAN.subject, scope: [...SCOPES, 'email'].join(' '), code: null, persist_login: 0, grant_type: 'authorization_code' },
    ]);
    expect(JSON.parse(String(rows[0]?.['session_cache']))).toMatchObject({ csrf: 'the state', nonce: 'the nonce', redirect_uri: CALLBACK });
  });

  it.each<[string, Partial<EhrCodeFacts>, boolean]>([
    ['a patient was chosen', { session: { puuid: PATIENT.subject } }, true],
    ['the person is the patient', { subject: PATIENT.subject, session: { puuid: PATIENT.subject, pid: 1 } }, true],
    ['nobody was chosen', {}, false],
    ['the scope is not granted', { scopes: SCOPES, session: { puuid: PATIENT.subject } }, false],
    ['whoever was chosen is no patient', { session: { puuid: CLINICIAN.subject } }, false],
    ['the choice is no uuid', { session: { puuid: 7 } }, false],
  ])('carry the launch context when %s: %#', async (_name, changes, isThere) => {
    const { body } = await client.exchange(await issue({ scopes: [...SCOPES, 'launch/patient'], ...changes }));
    const context = {
      patient: PATIENT.subject,
      need_patient_banner: true,
      smart_style_url: `${server.issuer}/smart/smart-style`,
    };
    if (isThere) expect(body).toMatchObject(context);
    else expect(body).not.toHaveProperty('patient');
    const { jti } = decodeJwt(String(body['access_token'])).claims;
    const [row] = await run<{ context: string }>('SELECT context FROM api_token WHERE token = ?', [jti]);
    expect(JSON.parse(row?.context ?? '')).toEqual(isThere ? context : []);
  });

  it('carry what the launch token of the chart said', async () => {
    const launch = await ehrLaunch(server, { p: PATIENT.subject, i: 'main.tab' });
    const { body } = await client.exchange(await issue({ scopes: [...SCOPES, 'launch'], session: { launch } }));
    expect(body).toMatchObject({ patient: PATIENT.subject, need_patient_banner: false, intent: 'main.tab' });
  });

  it('are good once: the second time ends what the first gave', async () => {
    const code = await issue();
    const { body } = await client.exchange(code);
    expect(refusal(await client.exchange(code))).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('used');
    expect((await client.introspect(String(body['access_token']))).body).toMatchObject({ active: false, status: 'revoked' });
    expect((await client.refresh(String(body['refresh_token']))).body.error).toBe('invalid_grant');
  });

  it('are exchanged once when they come many times at once', async () => {
    const code = await issue();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.exchange(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.flatMap(({ body }) => body.error ?? []))).toEqual(new Set(['invalid_grant']));
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['a wrong verifier', { code_verifier: 'x'.repeat(43) }, 'invalid_grant'],
    ['no verifier', { code_verifier: undefined }, 'invalid_request'],
    ['another redirect_uri', { redirect_uri: `${CALLBACK}/other` }, 'invalid_grant'],
    ['no redirect_uri', { redirect_uri: undefined }, 'invalid_grant'],
  ])('are used up by %s', async (_name, changes, error) => {
    const code = await issue();
    expect(refusal(await client.exchange(code, changes))).toEqual([400, error]);
    expect(refusal(await client.exchange(code))).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('used');
    expect(await trusted()).toMatchObject([{ code: null, session_cache: expect.stringContaining('the nonce') }]);
  });

  it('are left alone when another client presents them', async () => {
    const code = await issue();
    const there = new OAuthClient(server, other.registration);
    expect(refusal(await there.exchange(code, { code_verifier: client.verifier }))).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('of another client');
    expect((await client.exchange(code)).status).toBe(200);
  });

  it('say that they have expired', async () => {
    const code = await issue({ expiresAt: Math.floor(server.clock.now().getTime() / 1000) - 1 });
    const { status, body } = await client.exchange(code);
    expect([status, body.error, body.error_description]).toEqual([400, 'invalid_grant', 'the code has expired']);
  });

  it('need S256 of a public client, and of whoever chose another method', async () => {
    const scopes = ['openid', 'api:fhir'];
    expect((await unnamed.exchange(await issue({ scopes }, unnamed))).status).toBe(200);
    const unbound = await issue({ scopes, challenge: null }, unnamed);
    expect(refusal(await unnamed.exchange(unbound, { code_verifier: undefined }))).toEqual([400, 'invalid_grant']);
    const plain = await issue({ challenge: client.verifier, method: 'plain' });
    expect(refusal(await client.exchange(plain))).toEqual([400, 'invalid_grant']);
  });

  it('need neither of a confidential client that sent neither', async () => {
    const code = await issue({ redirectUri: null, challenge: null });
    expect((await client.exchange(code, { redirect_uri: undefined, code_verifier: undefined })).status).toBe(200);
    const downgraded = await issue({ challenge: null });
    expect(refusal(await client.exchange(downgraded))).toEqual([400, 'invalid_request']); // RFC 9700 §4.8.2
  });

  it.each([
    ['replaced by a later consent', "UPDATE oauth_trusted_user SET code = 'def50200' WHERE client_id = ?"],
    ['of a person who signed out', 'DELETE FROM oauth_trusted_user WHERE client_id = ?'],
    ['of an emptied trust', "UPDATE oauth_trusted_user SET session_cache = '' WHERE client_id = ?"],
    ['kept in other letters', 'UPDATE oauth_trusted_user SET code = UPPER(code) WHERE client_id = ?'],
  ])('are refused when they are %s', async (_name, sql) => {
    const code = await issue();
    await run(sql, [client.clientId]);
    expect(refusal(await client.exchange(code))).toEqual([400, 'invalid_grant']);
    expect(detail()).toBe('unknown');
  });

  it('are refused when they are none, whatever they look like', async () => {
    const code = await issue();
    const foreign = await sealOpaqueToken('{}'.padEnd(300), randomBytes(32).toString('base64'), new SystemRandom());
    const wrong = [
      'def50200',
      `def50200${'0'.repeat(600)}`,
      code.slice(0, -1),
      code.slice(0, -2),
      `${code.slice(0, -1)}${code.endsWith('0') ? '1' : '0'}`,
      code.toUpperCase(),
      `def50200${'ab'.repeat(16_380)}`, // the longest value that a form may carry
      foreign,
      (await ehr.issue({ clientId: client.clientId, subject: CLINICIAN.subject, scopes: SCOPES })).refreshToken,
      await ehr.seal({ client_id: client.clientId, auth_code_id: 'x', padding: 'x'.repeat(200) }),
    ];
    for (const text of wrong) {
      expect([text.length, ...refusal(await client.exchange(text))]).toEqual([text.length, 400, 'invalid_grant']);
      expect(detail()).toBe('unknown');
    }
    expect(refusal(await client.exchange('ab'.repeat(32_000)))).toEqual([400, 'invalid_request']);
    expect(refusal(await client.exchange('ab'.repeat(40_000)))).toEqual([413, 'invalid_request']);
  });
});

/** The keys of the EHR's demo site are those with which PHP made the vectors; the embedded site has keys of its own. */
if (TEST_DATABASE === 'mysql') {
  describe('A code that PHP made', () => {
    let server: TestServer;
    afterAll(() => server.stop());

    it('is exchanged once', async () => {
      const { token = '', payload = '' } = EHR_VECTORS.opaque_tokens.find(({ kind }) => kind === 'authorization_code') ?? {};
      const sealed = JSON.parse(payload) as Record<'client_id' | 'user_id' | 'redirect_uri', string> & { scopes: string[] };
      const clock = new ShiftableClock();
      clock.advance(1764000030 - clock.now().getTime() / 1000); // half a minute after it was made
      server = await startServer({ clock });
      const { clientId: drawn, registration } = await approvedClient(server, { scope: sealed.scopes.join(' ') });
      const client = new OAuthClient(server, { ...registration, client_id: sealed.client_id });
      await server.database.query('UPDATE oauth_clients SET client_id = ? WHERE client_id = ?', [sealed.client_id, drawn]);
      const uuid = Buffer.from(sealed.user_id.replaceAll('-', ''), 'hex');
      await server.database.query('UPDATE users SET uuid = ? WHERE username = ?', [uuid, CLINICIAN.username]);
      const facts = { clientId: sealed.client_id, subject: sealed.user_id, scopes: sealed.scopes, redirectUri: sealed.redirect_uri };
      await EhrServer.beside(server).issueCode(facts);
      await server.database.query('UPDATE oauth_trusted_user SET code = ? WHERE client_id = ?', [token, sealed.client_id]);
      const form = { redirect_uri: sealed.redirect_uri, code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk' }; // RFC 7636 appendix B
      expect(await client.exchange(token, form)).toMatchObject({ status: 200, body: { scope: sealed.scopes.join(' ') } });
      expect((await client.exchange(token, form)).body.error).toBe('invalid_grant');
    });
  });
}
