import { backendService } from '../support/backend-service.js';
import { approvedClient, callbackOf, type OAuthClient } from '../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../support/people.js';
import { ProgramSite } from '../support/program.js';
import { startServer, type TestServer } from '../support/start-server.js';
import { Visitor } from '../support/visitor.js';

interface Outcome {
  readonly scope: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly to?: readonly string[];
}

const ASKED = 'openid offline_access launch/encounter user/Patient.cruds user/Observation.cruds user/*.$docref user/Claim.rs';
const GRANTED = 'openid offline_access user/Patient.rs user/Observation.r user/DocumentReference.$docref';

describe('Scopes', () => {
  let server: TestServer;
  let app: OAuthClient;

  beforeAll(async () => {
    server = await startServer();
    app = await approvedClient(server, {
      scope:
        'openid offline_access api:oemr api:port user/Patient.rs user/Observation.r user/DocumentReference.$docref patient/Patient.read',
    });
  });
  afterAll(() => server.stop());

  it('are narrowed to what the EHR has and the client is registered for; the page, the answer and the log say so', async () => {
    const visitor = new Visitor(server);
    const page = await visitor.arrive(app, { scope: ASKED });
    const leftOut = /<details class="left-out">(.*?)<\/details>/s.exec(page.text)?.[1]?.replaceAll(/<[^>]+>/g, ' ') ?? '';
    expect(leftOut).toMatch(/user\/Patient\.cruds\s+In part\. The app is not registered for it\./);
    expect(leftOut).toMatch(/user\/Claim\.rs\s+The records system does not offer it\./);
    expect(leftOut).toMatch(/launch\/encounter\s+A visit cannot be chosen here\./);
    const { scope, access_token: token } = await visitor.tokens(app, { scope: ASKED });
    expect(scope).toBe(GRANTED);
    expect((await app.introspect(token)).body['scope']).toBe(GRANTED);
    const line = server.logs.lines
      .map((text) => JSON.parse(text) as Record<string, unknown>)
      .find(({ event, clientId }) => event === 'scope decided' && clientId === app.clientId);
    expect(line).toMatchObject({
      granted: ['openid', 'offline_access'],
      refused: expect.arrayContaining([{ scope: 'user/Claim.rs', reason: 'not-offered' }]),
      narrowed: expect.arrayContaining([{ scope: 'user/Patient.cruds', to: ['user/Patient.rs'], reason: 'not-registered' }]),
    });
  });

  it('are those that the EHR opens to who has signed in', async () => {
    const scope = 'openid api:oemr api:port user/Patient.rs patient/Patient.read';
    expect((await new Visitor(server, CLINICIAN).tokens(app, { scope })).scope).toBe(
      'openid api:oemr user/Patient.rs patient/Patient.read',
    );
    expect((await new Visitor(server, PATIENT).tokens(app, { scope })).scope).toBe('openid api:port patient/Patient.read');
  });

  it('of which nothing is left are an error at the client', async () => {
    const answer = callbackOf(await new Visitor(server).visit(app, { scope: 'user/Claim.rs' }));
    expect(answer.get('error')).toBe('invalid_scope');
  });

  it('may be narrowed by a refresh, in either version, and never widened', async () => {
    const { refresh_token: first } = await new Visitor(server).tokens(app, { scope: ASKED });
    for (const wider of ['openid user/Patient.cruds', 'user/Observation.rs', 'user/*.rs', 'profile', 'user/Patient.rs nonsense']) {
      expect((await app.refresh(first, { scope: wider })).body).toMatchObject({ error: 'invalid_scope' });
    }
    const narrowed = await app.refresh(first, { scope: 'openid offline_access user/Patient.r' });
    expect(narrowed.body).toMatchObject({ scope: 'openid offline_access user/Patient.r' });
    const whole = await app.refresh(String(narrowed.body['refresh_token']));
    expect(whole.body).toMatchObject({ scope: GRANTED }); // RFC 6749 §6: the refresh token keeps the scope that was granted
  });

  it('shrink with what the client is registered for', async () => {
    const { refresh_token: token } = await new Visitor(server).tokens(app, { scope: ASKED });
    await server.database.query("UPDATE oauth_clients SET scope = 'openid offline_access user/Patient.s' WHERE client_id = ?", [
      app.clientId,
    ]);
    expect((await app.refresh(token)).body).toMatchObject({ scope: 'openid offline_access user/Patient.s' });
  });

  it('of a program without a user are system/ scopes alone, wildcards spelled out', async () => {
    const service = await backendService(server, { metadata: { scope: 'system/*.rs' } });
    const [row] = await server.database.query<[{ scope: string }]>('SELECT scope FROM oauth_clients WHERE client_id = ?', [
      service.clientId,
    ]);
    expect(row.scope.split(' ')).toEqual(expect.arrayContaining(['system/Patient.rs', 'system/Observation.rs']));
    expect(row.scope).not.toContain('*');
    const { body } = await service.ask({ scope: 'openid system/Patient.cruds user/Patient.rs' });
    expect(body['scope']).toBe('system/Patient.rs');
  });
});

describe('chartkey scopes explain', () => {
  it('says what becomes of each', async () => {
    const site = await ProgramSite.create();
    try {
      const words = ['scopes', 'explain', 'openid patient/Patient.cruds user/Patient.rs api:oemr', '--role', 'patient'];
      const { status, stdout } = await site.run(words);
      expect(status).toBe(0);
      expect(stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
        'SCOPE | OUTCOME',
        'openid | granted',
        "patient/Patient.cruds | narrowed | to patient/Patient.rs: the EHR's API does not have it",
        "user/Patient.rs | refused | the EHR's API does not open it to this role",
        "api:oemr | refused | the EHR's API does not open it to this role",
        '',
      ]);
      const client = 'demo-public-client-00000000000000000000000001';
      const outcomes = await site.json<Outcome[]>(['scopes', 'explain', 'openid user/Patient.rs', '--client', client]);
      expect(outcomes.map(({ scope, outcome, reason }) => [scope, outcome, reason])).toEqual([
        ['openid', 'granted', undefined],
        ['user/Patient.rs', 'refused', 'not-registered'],
      ]);
      expect((await site.run(['scopes', 'explain', 'openid', '--client', 'nobody'])).status).toBe(1);
    } finally {
      await site.close();
    }
  });
});
