import { CleanupService } from '../../src/maintenance/cleanup.service.js';
import { RateSharing } from '../../src/platform/throttle/rate-sharing.service.js';
import { Browser } from '../support/browser.js';
import { Caller, statuses } from '../support/caller.js';
import { FixedClock } from '../support/fixed-clock.js';
import { approvedClient, type OAuthClient, postForm, publicClient, signIn } from '../support/oauth-client.js';
import { addressOf } from '../support/other-address.js';
import { ADMIN, CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const LIMITS = {
  TRUSTED_PROXIES: '127.0.0.1',
  CHARTKEY_RATE_LIMIT_SIGN_IN_ADDRESS: '12',
  CHARTKEY_RATE_LIMIT_SIGN_IN_USER: '4',
  CHARTKEY_RATE_LIMIT_TOKEN_ADDRESS: '6',
  CHARTKEY_RATE_LIMIT_TOKEN_CLIENT: '4',
  CHARTKEY_RATE_LIMIT_REGISTRATION_ADDRESS: '3',
  CHARTKEY_RATE_LIMIT_INTROSPECTION_ADDRESS: '5',
  CHARTKEY_RATE_LIMIT_INTROSPECTION_CLIENT: '3',
};
const REFUSED = {
  error: 'temporarily_unavailable',
  error_description: 'Too many requests: try again after the time that Retry-After says.',
};

describe('Limits', () => {
  let server: TestServer<FixedClock>;
  let confidential: OAuthClient;
  let open: OAuthClient;
  let addresses = 0;

  beforeAll(async () => {
    server = await startServer({ env: LIMITS, clock: FixedClock.at('2026-03-02T09:00:00Z') });
    confidential = await approvedClient(server);
    open = await publicClient(server);
  });
  afterAll(() => server.stop());
  beforeEach(() => server.clock.advance(7200 - ((server.clock.now().getTime() / 1000) % 3600))); // all is forgotten, and a window begins

  const somebody = (at = server): Caller => new Caller(`198.51.100.${(addresses += 1)}`, addressOf(at).issuer);

  it('refuse an address at the token endpoint, whoever it says it is, and no other', async () => {
    const caller = somebody();
    const guess = () => caller.token(confidential, { client_secret: 'a guess' });
    expect(await statuses(7, guess)).toEqual([401, 401, 401, 401, 401, 401, 429]);
    expect((await caller.token(open)).status).toBe(429);
    expect((await somebody().token(confidential)).status).toBe(400);
  });

  it('are told in an answer of the shape that clients know, with the time to wait', async () => {
    const caller = somebody();
    await statuses(4, () => caller.token(open));
    const { status, headers, body } = await caller.token(open);
    expect([status, body]).toEqual([429, REFUSED]);
    const told = ['retry-after', 'ratelimit-policy', 'ratelimit', 'cache-control'].map((name) => headers.get(name));
    expect(told).toEqual(['75', '"token-client";q=4;w=60', '"token-client";r=0;t=75', 'no-store']);
    server.clock.advance(74);
    expect((await caller.token(open)).status).toBe(429);
    server.clock.advance(1);
    expect((await caller.token(open)).status).toBe(400);
  });

  it('are told in time, and not while they are far', async () => {
    const caller = somebody();
    const left = async (): Promise<string | null> => (await caller.introspect(confidential)).headers.get('ratelimit');
    expect([await left(), await left(), await left()]).toEqual([
      null,
      '"introspection-client";r=1;t=60',
      '"introspection-client";r=0;t=60',
    ]);
  });

  it('count a client that proves itself wherever it asks from, and nothing that others send in its name', async () => {
    const thief = somebody();
    await statuses(6, () => thief.token(confidential, { client_secret: 'a guess' }));
    expect(await statuses(5, () => somebody().token(confidential))).toEqual([400, 400, 400, 400, 429]);
  });

  it('count a client that anybody can name for each address apart', async () => {
    const loud = somebody();
    expect(await statuses(5, () => loud.token(open))).toEqual([400, 400, 400, 400, 429]);
    expect((await somebody().token(open)).status).toBe(400);
  });

  it('refuse at introspection rather than call a good token bad', async () => {
    expect(await statuses(4, () => somebody().introspect(confidential))).toEqual([200, 200, 200, 429]);
    const caller = somebody();
    expect(await statuses(6, () => caller.introspect(open, { client_id: 'nobody' }))).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('refuse registrations for an hour', async () => {
    const caller = somebody();
    expect(await statuses(4, () => caller.register())).toEqual([400, 400, 400, 429]);
    const { headers, body } = await caller.register();
    expect([headers.get('ratelimit-policy'), body]).toEqual(['"registration-address";q=3;w=3600', REFUSED]);
    server.clock.advance(3599);
    expect((await caller.register()).status).toBe(429);
  });

  it('refuse a name that is tried too often with a page, and let the clinic behind the same address sign in', async () => {
    await setGlobal(server, 'oauth_password_grant', '3');
    server.clock.advance(54); // a window begins
    const clinic = somebody();
    const browser = new Browser(server.origin, (url, init) => clinic.fetch(url, init));
    const page = await browser.open(confidential.authorizeUrl());
    const wrong = { ...CLINICIAN, password: 'not it' };
    expect(await statuses(3, () => signIn(browser, page, wrong))).toEqual([200, 200, 200]);
    const byApp = { grant_type: 'password', scope: 'openid api:oemr', ...confidential.credentials, user_role: 'users' };
    const grant = (username: string) =>
      postForm(`${server.issuer}/token`, { ...byApp, username, password: wrong.password }, somebody().headers);
    expect([(await grant('CLINICIAN')).status, (await grant('clinician')).status]).toEqual([400, 429]);
    const refused = await signIn(browser, page, CLINICIAN);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '75']);
    expect(refused.text).toContain('That was too often');
    const colleague = new Browser(server.origin, (url, init) => clinic.fetch(url, init));
    expect((await signIn(colleague, await colleague.open(confidential.authorizeUrl()), ADMIN)).text).toContain('name="decision"');
  });

  it('refuse forms of one address before anything is read for them', async () => {
    const caller = somebody();
    const form = (path: string) => caller.fetch(`${server.issuer}/${path}`, { method: 'POST', body: new URLSearchParams({ x: '1' }) });
    await statuses(12, () => form('sign-in/unknown'));
    expect(await statuses(1, () => form('sign-in/unknown'))).toEqual([429]);
    expect([(await form('mfa/unknown')).status, (await form('sign-in/unknown/passkey')).status]).toEqual([429, 429]);
  });

  it('are counted in the metrics', async () => {
    const caller = somebody();
    await statuses(5, () => caller.register());
    const text = await (await fetch(`http://localhost:${server.config.port}/metrics`)).text();
    expect(text).toMatch(/chartkey_rate_limited_requests_total\{limit="registration-address"\} [1-9]/);
  });

  describe('with replicas', () => {
    const exchange = (at: TestServer<FixedClock>): Promise<void> => at.app.get(RateSharing).exchange();

    it('hold for all of them together, through the database', async () => {
      const replica = await server.replica();
      const [here, there] = [somebody(), somebody(replica)];
      const same = new Caller(here.address, addressOf(replica).issuer);
      await statuses(3, () => here.token(open));
      await exchange(server);
      await same.token(open);
      await exchange(replica);
      expect([(await same.token(open)).status, (await there.token(open)).status]).toEqual([429, 400]);
      const rows = await server.database.query<Record<string, unknown>[]>('SELECT * FROM oauth2_rate_count');
      expect(rows.length).toBeGreaterThan(0);
      expect(JSON.stringify(rows)).not.toContain(here.address);
    });

    it('are forgotten by the cleanup, and are none where they are switched off', async () => {
      const replica = await server.replica({ CHARTKEY_RATE_LIMITS: 'off' });
      const caller = somebody(replica);
      expect(await statuses(8, () => caller.register())).toEqual(Array.from({ length: 8 }, () => 400));
      server.clock.advance(7200);
      expect((await server.app.get(CleanupService).run())?.requestCounts).toBeGreaterThan(0);
      expect(await server.database.query('SELECT * FROM oauth2_rate_count')).toEqual([]);
    });
  });
});
