import type { FastifyReply, FastifyRequest } from 'fastify';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { GlobalSetting } from '../platform/ehr/global-setting.entity.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { CookieJar } from '../platform/web/cookie-jar.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { SignInHistory } from './sign-in-history.service.js';
import { Metrics } from '../platform/metrics/metrics.service.js';
import { SignInRecord } from './sign-in-record.entity.js';

const COOKIE = 'chartkey_session';
const CLINICIAN = { subject: '11111111-1111-4111-8111-111111111111', role: 'users' as const, username: 'clinician', amr: ['pwd'] };

/** One browser: what it was told to keep, it sends. */
class Visitor {
  cookies: Record<string, string | undefined> = {};
  readonly reply = {
    setCookie: (name: string, value: string) => (this.cookies[name] = value),
    clearCookie: (name: string) => (this.cookies[name] = undefined),
  } as unknown as FastifyReply;

  get request(): FastifyRequest {
    return { cookies: { ...this.cookies }, headers: { 'user-agent': 'Browser/1.0' }, ip: '192.0.2.7' } as unknown as FastifyRequest;
  }
}

describe('SessionsService', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let sessions: SessionsService;
  let history: SignInHistory;
  let visitor: Visitor;
  const stored = () => database.source.getRepository(Session);
  const signIn = (who = visitor) => sessions.begin(CLINICIAN, who.request, who.reply);

  beforeAll(async () => {
    database = await openTestDatabase([Session, SignInRecord], {
      env: { CHARTKEY_SESSION_LIFETIME: '3600', CHARTKEY_SESSION_IDLE: '600' },
    });
  });
  afterAll(() => database.close());

  beforeEach(async () => {
    await stored().clear();
    await database.source.getRepository(SignInRecord).clear();
    clock = FixedClock.at('2026-01-01T12:00:00Z');
    visitor = new Visitor();
    const { config } = database;
    const random = new SeededRandom();
    const settings = new GlobalSettings(database.source.getRepository(GlobalSetting), clock);
    history = new SignInHistory(database.source.getRepository(SignInRecord), random, clock, config, new Metrics());
    sessions = new SessionsService(stored(), history, new CookieJar(config), random, clock, config, settings);
  });

  it('knows the person again by the cookie, of which it keeps only the hash', async () => {
    const begun = await signIn();
    const found = await sessions.find(visitor.request);
    expect(found).toMatchObject({ ...CLINICIAN, sid: begun.sid, authTime: clock.now() });
    const rows = JSON.stringify(await stored().find());
    expect(visitor.cookies[COOKIE]).toMatch(/^[\w-]{43}$/);
    expect(rows).not.toContain(visitor.cookies[COOKIE]);
  });

  it('knows the person within the request that signed them in', async () => {
    const { request } = visitor;
    const begun = await sessions.begin(CLINICIAN, request, visitor.reply);
    expect((await sessions.find(request))?.sid).toBe(begun.sid);
  });

  it.each([
    ['no cookie', undefined],
    ['a cookie nobody was given', 'A'.repeat(43)],
    ['a cookie of another shape', "' OR 1=1 --"],
  ])('knows nobody by %s', async (_, value) => {
    await signIn();
    visitor.cookies[COOKIE] = value;
    expect(await sessions.find(visitor.request)).toBeNull();
  });

  it('gives a new cookie at each sign-in, and the old one is worth nothing', async () => {
    await signIn();
    const former = visitor.request;
    const again = await signIn();
    expect(await sessions.find(former)).toBeNull();
    expect((await sessions.find(visitor.request))?.sid).toBe(again.sid);
    expect(await stored().count()).toBe(1);
  });

  it('leaves the sessions of other browsers alone', async () => {
    const elsewhere = new Visitor();
    await signIn(elsewhere);
    await signIn();
    await sessions.endHere(visitor.request, visitor.reply);
    expect(await sessions.find(elsewhere.request)).not.toBeNull();
  });

  it('ends after its lifetime, however busy it was', async () => {
    await signIn();
    for (let passed = 500; passed < 3600; passed += 500) {
      clock.advance(500);
      expect(await sessions.find(visitor.request)).not.toBeNull();
    }
    clock.advance(100);
    expect(await sessions.find(visitor.request)).toBeNull();
  });

  it('ends when it has rested too long', async () => {
    await signIn();
    clock.advance(600);
    expect(await sessions.find(visitor.request)).not.toBeNull();
    clock.advance(601);
    expect(await sessions.find(visitor.request)).toBeNull();
  });

  it('notes that the person is here at most once a minute', async () => {
    await signIn();
    const begun = clock.now();
    clock.advance(59);
    await sessions.find(visitor.request);
    expect((await stored().find())[0]?.lastSeenAt).toEqual(begun);
    clock.advance(1);
    await sessions.find(visitor.request);
    expect((await stored().find())[0]?.lastSeenAt).toEqual(clock.now());
  });

  it('ends by its public name', async () => {
    const { sid } = await signIn();
    await sessions.end('another');
    expect(await sessions.find(visitor.request)).not.toBeNull();
    await sessions.end(sid);
    expect(await sessions.find(visitor.request)).toBeNull();
  });

  it('ends here: row and cookie go, and the session is told', async () => {
    const { sid } = await signIn();
    expect((await sessions.endHere(visitor.request, visitor.reply))?.sid).toBe(sid);
    expect(visitor.cookies[COOKIE]).toBeUndefined();
    expect(await stored().count()).toBe(0);
    expect(await sessions.endHere(visitor.request, visitor.reply)).toBeNull();
  });

  it('removes what has lapsed or rested too long, and nothing else', async () => {
    await signIn();
    clock.advance(400);
    const fresh = new Visitor();
    await signIn(fresh);
    clock.advance(300);
    expect(await sessions.deleteExpired(clock.now())).toBe(1);
    expect(await sessions.find(fresh.request)).not.toBeNull();
    clock.advance(3600);
    expect(await sessions.deleteExpired(clock.now())).toBe(1);
  });

  describe('for the person themselves', () => {
    const other = new Visitor();

    it('keeps what the browser said of itself and from where it came, and notes the sign-in', async () => {
      const { sid } = await signIn();
      expect(await sessions.list(CLINICIAN.subject)).toMatchObject([{ sid, userAgent: 'Browser/1.0', address: '192.0.2.7' }]);
      expect(await history.latest(CLINICIAN.subject, 1)).toMatchObject([
        { outcome: 'signed-in', amr: ['pwd'], userAgent: 'Browser/1.0', address: '192.0.2.7', clientId: null },
      ]);
    });

    it('lists who is still signed in, the latest used first, and nobody else', async () => {
      const first = await signIn();
      clock.advance(30);
      const second = await signIn(other);
      await sessions.begin({ ...CLINICIAN, subject: '22222222-2222-4222-8222-222222222222' }, new Visitor().request, other.reply);
      const sids = async (): Promise<string[]> => (await sessions.list(CLINICIAN.subject)).map(({ sid }) => sid);
      expect(await sids()).toEqual([second.sid, first.sid]);
      clock.advance(590); // the first has rested too long
      expect(await sids()).toEqual([second.sid]);
    });

    it('ends every session of a person, and none of another', async () => {
      const here = await signIn();
      const elsewhere = await signIn(other);
      const { manager } = database.source;
      expect(await sessions.endAll(manager, 'somebody else')).toEqual([]);
      expect(await sessions.endAll(manager, CLINICIAN.subject)).toEqual([here.sid, elsewhere.sid].sort());
      expect([await sessions.find(visitor.request), await sessions.find(other.request)]).toEqual([null, null]);
    });

    it('ends every session but one', async () => {
      const here = await signIn();
      await signIn(other);
      expect(await sessions.endOthers(database.source.manager, CLINICIAN.subject, here.sid)).toBe(1);
      expect(await sessions.find(visitor.request)).toMatchObject({ sid: here.sid });
      expect(await sessions.find(other.request)).toBeNull();
    });
  });
});
