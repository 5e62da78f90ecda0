import { FixedClock } from '../../test/support/fixed-clock.js';
import { SeededRandom } from '../../test/support/seeded-random.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import type { AuthorizationRequest } from '../protocol/authorization/authorization-request.js';
import { Interaction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';

const BROWSER = 'a'.repeat(64);
const OTHER_BROWSER = 'b'.repeat(64);
const SUBJECT = '11111111-1111-4111-8111-111111111111';
const REQUEST: AuthorizationRequest = {
  clientId: 'client-1',
  target: { redirectUri: 'https://app.example/callback', responseMode: 'query', state: 'ünïcode "state"', issuer: 'https://id.example' },
  redirectUriSent: true,
  responseType: 'code',
  codeChallenge: null,
  scope: ['openid', 'email'],
  audience: [],
  prompt: { values: [], maxAge: null, loginHint: null, idTokenHint: 'header.claims.signature', uiLocales: [], leastAcr: null },
  nonce: 'n-1',
};

describe('InteractionsService', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let interactions: InteractionsService;
  const stored = () => database.source.getRepository(Interaction);

  const waiting = async (browserHash: string | null = BROWSER, expectedSubject: string | null = null) => {
    const interaction = interactions.draft(REQUEST, expectedSubject);
    await interactions.store(interaction, browserHash);
    return interaction.id;
  };
  const refused = async (found: Promise<Interaction>) => {
    await expect(found).rejects.toMatchObject({ code: 'invalid_request', target: undefined });
    return found.catch((error: { detail: string }) => error.detail);
  };

  beforeAll(async () => {
    database = await openTestDatabase([Interaction], { env: { CHARTKEY_INTERACTION_LIFETIME: '600' } });
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    await stored().clear();
    clock = FixedClock.at('2026-01-01T12:00:00Z');
    interactions = new InteractionsService(stored(), new SeededRandom(), clock, database.config);
  });

  it('keeps the request as it was proven, but no token that came with it', async () => {
    const found = await interactions.get(await waiting(BROWSER, SUBJECT), BROWSER);
    expect(found.request).toEqual({ ...REQUEST, prompt: { ...REQUEST.prompt, idTokenHint: null } });
    expect(found).toMatchObject({ expectedSubject: SUBJECT, grantedScope: null, answeredAt: null, isRemembered: false });
    expect(found.createdAt).toEqual(clock.now());
    expect(JSON.stringify(await stored().find())).not.toContain('header.claims.signature');
  });

  it('is found by nobody who lacks the id', async () => {
    const id = await waiting();
    expect(await refused(interactions.get(`${id.slice(0, -1)}!`, BROWSER))).toBe('unknown interaction');
    expect(await refused(interactions.get('', BROWSER))).toBe('unknown interaction');
  });

  it.each([
    ['another browser', OTHER_BROWSER],
    ['a browser without a cookie', null],
    ['an empty hash', ''],
  ])('is not found by %s', async (_, browserHash) => {
    const id = await waiting();
    expect(await refused(interactions.get(id, browserHash))).toBe('interaction of another browser');
  });

  it('waits for ten minutes', async () => {
    const id = await waiting();
    clock.advance(599);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ id });
    clock.advance(1);
    expect(await refused(interactions.get(id, BROWSER))).toBe('expired interaction');
    expect(await interactions.answerOnce(id)).toBe(false);
    expect(await interactions.recordDecision(id, { subject: SUBJECT, granted: ['openid'], isRemembered: false })).toBe(false);
  });

  describe('a request that came without cookies', () => {
    it('belongs to nobody until a browser returns for it', async () => {
      const id = await waiting(null);
      expect(await refused(interactions.get(id, ''))).toBe('interaction of another browser');
      expect(await interactions.claim(id, BROWSER)).toMatchObject({ id, browserHash: BROWSER });
      expect(await interactions.get(id, BROWSER)).toMatchObject({ id });
    });

    it('stays with the first browser', async () => {
      const id = await waiting(null);
      await interactions.claim(id, BROWSER);
      await refused(interactions.claim(id, OTHER_BROWSER));
      expect(await interactions.claim(id, BROWSER)).toMatchObject({ id });
    });

    it('goes to one of two browsers that come at the same time', async () => {
      const id = await waiting(null);
      const claims = await Promise.allSettled([BROWSER, OTHER_BROWSER].map((hash) => interactions.claim(id, hash)));
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    });

    it('cannot be made out of one that has a browser', async () => {
      const id = await waiting();
      expect(await refused(interactions.claim(id, OTHER_BROWSER))).toBe('interaction of another browser');
      expect(await interactions.get(id, BROWSER)).toMatchObject({ id });
    });
  });

  it('records who proved a password, and forgets it when the sign-in is complete', async () => {
    const id = await waiting();
    expect(await interactions.recordPrimaryFactor(id, { subject: SUBJECT, role: 'users' })).toBe(true);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ pendingSubject: SUBJECT, pendingRole: 'users', provenSid: null });
    expect(await interactions.recordSession(id, 'sid-1')).toBe(true);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ pendingSubject: null, pendingRole: null, provenSid: 'sid-1' });
  });

  it('records a decision, and that somebody declined, which is not the same as none', async () => {
    const id = await waiting();
    await interactions.recordDecision(id, { subject: SUBJECT, granted: ['openid', 'email'], isRemembered: true });
    expect(await interactions.get(id, BROWSER)).toMatchObject({
      decidedBy: SUBJECT,
      grantedScope: ['openid', 'email'],
      isRemembered: true,
    });
    await interactions.recordDeclined(id);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ decidedBy: null, grantedScope: [], isRemembered: false });
  });

  it('records whose record it is about, and takes no decision for another', async () => {
    const id = await waiting();
    const decision = { subject: SUBJECT, granted: ['openid'], isRemembered: true };
    await interactions.recordPatient(id, { subject: SUBJECT, patient: 'patient-1' });
    expect(await interactions.get(id, BROWSER)).toMatchObject({ chosenPatient: 'patient-1', chosenBy: SUBJECT });
    expect(await interactions.recordDecision(id, { ...decision, patient: 'patient-2' })).toBe(false);
    expect(await interactions.recordDecision(id, decision)).toBe(false);
    expect(await interactions.recordDecision(id, { ...decision, patient: 'patient-1' })).toBe(true);
    await interactions.recordPatient(id, { subject: SUBJECT, patient: 'patient-2' });
    const undecided = { grantedScope: null, decidedBy: null, isRemembered: false };
    expect(await interactions.get(id, BROWSER)).toMatchObject({ chosenPatient: 'patient-2', ...undecided });
  });

  it('is answered once, however many ask at the same time', async () => {
    const id = await waiting();
    const answers = await Promise.all(Array.from({ length: 40 }, () => interactions.answerOnce(id)));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect((await interactions.get(id, BROWSER)).answeredAt).toEqual(clock.now());
  });

  it('learns nothing more once it is answered', async () => {
    const id = await waiting();
    await interactions.answerOnce(id);
    expect(await interactions.recordDecision(id, { subject: SUBJECT, granted: ['openid'], isRemembered: false })).toBe(false);
    expect(await interactions.recordPrimaryFactor(id, { subject: SUBJECT, role: 'users' })).toBe(false);
    expect(await interactions.recordSession(id, 'sid-1')).toBe(false);
    expect(await interactions.recordPatient(id, { subject: SUBJECT, patient: 'patient-1' })).toBe(false);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ grantedScope: null, pendingSubject: null, provenSid: null });
  });

  it('removes what has expired, and nothing else', async () => {
    await waiting();
    clock.advance(300);
    const fresh = await waiting();
    clock.advance(300 + 12 * 3600);
    expect(await interactions.deleteExpired(clock.now())).toBe(1);
    expect(await interactions.findExpired(fresh, BROWSER)).toMatchObject({ id: fresh });
  });

  it('can be started again by its browser once it has expired: as the same request, with nothing proven, however often asked', async () => {
    const id = await waiting();
    await interactions.recordSession(id, 'sid-1');
    expect(await interactions.findExpired(id, BROWSER)).toBeNull();
    clock.advance(600);
    expect(await interactions.findExpired(id, OTHER_BROWSER)).toBeNull();
    const expired = await interactions.findExpired(id, BROWSER);
    if (expired === null) throw new Error('not found');
    const again = await interactions.restart(expired);
    expect(await interactions.restart(expired)).toBe(again);
    expect(again).toMatch(/^[\w-]{43}$/);
    const { request, provenSid, grantedScope } = await interactions.get(again, BROWSER);
    expect({ request, provenSid, grantedScope }).toEqual({ request: expired.request, provenSid: null, grantedScope: null });
  });

  it('gives more time as long as it waits, but not for ever', async () => {
    const id = await waiting();
    for (let asked = 0; asked < 11; asked += 1) {
      clock.advance(599);
      expect(await interactions.extend(id)).toBe(600);
    }
    clock.advance(599);
    expect(await interactions.get(id, BROWSER)).toMatchObject({ id });
    clock.advance(100);
    expect(await interactions.extend(id)).toBeNull();
    const answered = await waiting();
    await interactions.answerOnce(answered);
    expect(await interactions.extend(answered)).toBeNull();
  });
});
