import { FixedClock } from '../../test/support/fixed-clock.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { Transactions } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { GlobalSetting } from '../platform/ehr/global-setting.entity.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { Consent } from './consent.entity.js';
import { ConsentsService, type GrantedConsent } from './consents.service.js';

const CLIENT = 'AbcClient';
const SUBJECT = '22222222-2222-4222-8222-222222222222';
const GRANTED: GrantedConsent = {
  clientId: CLIENT,
  subject: SUBJECT,
  scope: 'openid email',
  isRemembered: false,
  sessionCache: { site_id: 'default', nonce: 'n' },
  grantType: 'authorization_code',
};

describe('ConsentsService', () => {
  let database: TestDatabase;
  let consents: ConsentsService;
  let transactions: Transactions;
  const clock = FixedClock.at('2026-03-04T05:06:07Z');
  const stored = () => database.source.getRepository(Consent);
  const write = (changes: Partial<GrantedConsent> = {}) => transactions.run((tx) => consents.write(tx, { ...GRANTED, ...changes }));

  beforeAll(async () => {
    database = await openTestDatabase([Consent]);
    const settings = new GlobalSettings(database.source.getRepository(GlobalSetting), clock);
    consents = new ConsentsService(stored(), new EhrClock(settings, database.config, clock), clock);
    transactions = new Transactions(database.source);
  });
  afterAll(() => database.close());
  beforeEach(() => stored().delete({ clientId: CLIENT }));

  it("writes the row as the EHR's own server does, without a code", async () => {
    await write();
    expect(await stored().findBy({ clientId: CLIENT })).toEqual([
      expect.objectContaining({
        subject: SUBJECT,
        scope: 'openid email',
        isRemembered: false,
        time: '2026-03-04 05:06:07',
        code: null,
        sessionCache: '{"site_id":"default","nonce":"n"}',
        grantType: 'authorization_code',
      }),
    ]);
  });

  it('knows whether the rows say something already', async () => {
    const holds = (changes: Partial<GrantedConsent> = {}) => consents.holds(database.source.manager, { ...GRANTED, ...changes });
    expect(await holds()).toBe(false);
    await write();
    expect(await holds()).toBe(true);
    expect(await holds({ clientId: CLIENT.toUpperCase() })).toBe(false);
    for (const changes of [{ scope: 'openid' }, { grantType: 'password' }, { sessionCache: {} }]) expect(await holds(changes)).toBe(false);
    await stored().insert({ clientId: CLIENT, subject: SUBJECT, isRemembered: false, code: 'def50200', sessionCache: '{}' });
    expect(await holds()).toBe(false);
  });

  it('keeps one row of client and person, and clears a code that was left in it', async () => {
    await stored().insert({ clientId: CLIENT, subject: SUBJECT, isRemembered: false, code: 'def50200', sessionCache: '{}' });
    await write();
    await write({ scope: 'openid', grantType: 'password' });
    const rows = await stored().findBy({ clientId: CLIENT });
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ scope: 'openid', grantType: 'password', code: null });
  });

  it('is undone with the transaction it takes part in', async () => {
    const failing = transactions.run(async (tx) => {
      await consents.write(tx, GRANTED);
      throw new Error('no tokens after all');
    });
    await expect(failing).rejects.toThrow('no tokens after all');
    expect(await consents.find(CLIENT, SUBJECT)).toBeNull();
  });

  it.each([null, '', '0'])('finds nothing where session_cache is %j', async (sessionCache) => {
    await stored().insert({ clientId: CLIENT, subject: SUBJECT, isRemembered: false, sessionCache });
    expect(await consents.find(CLIENT, SUBJECT)).toBeNull();
  });

  it('finds only what is exactly of this client and person', async () => {
    await write();
    expect(await consents.find(CLIENT, SUBJECT)).not.toBeNull();
    expect(await consents.find(CLIENT.toLowerCase(), SUBJECT)).toBeNull();
    expect(await consents.find(CLIENT, SUBJECT.replaceAll('2', '3'))).toBeNull();
  });

  describe('what is remembered', () => {
    it('is what was allowed, when the person asked for it', async () => {
      await write({ isRemembered: true });
      expect(await consents.findRemembered(CLIENT, SUBJECT)).toEqual(['openid', 'email']);
    });

    it('is nothing when the person did not', async () => {
      await write();
      expect(await consents.findRemembered(CLIENT, SUBJECT)).toBeNull();
    });

    it('grows with what is allowed later, and is forgotten when a later decision is not to be remembered', async () => {
      await write({ isRemembered: true });
      await write({ isRemembered: true, scope: 'openid phone' });
      expect(await consents.findRemembered(CLIENT, SUBJECT)).toEqual(['openid', 'email', 'phone']);
      await write();
      expect(await consents.findRemembered(CLIENT, SUBJECT)).toBeNull();
    });

    it.each(['{"scopes":"openid email"}', 'not JSON', '[]', '"text"', '{"remembered_scope":7}'])(
      "is nothing in a row that the EHR's own server wrote: %s",
      async (sessionCache) => {
        await stored().insert({ clientId: CLIENT, subject: SUBJECT, scope: 'openid email', isRemembered: true, sessionCache });
        expect(await consents.findRemembered(CLIENT, SUBJECT)).toBeNull();
      },
    );
  });

  it('removes every row of client and person, and no other', async () => {
    await write();
    await stored().insert({ clientId: CLIENT, subject: SUBJECT, isRemembered: false, sessionCache: '{}' });
    await write({ subject: SUBJECT.replaceAll('2', '4') });
    expect(await transactions.run((tx) => consents.remove(tx, CLIENT, SUBJECT))).toBe(2);
    expect(await consents.find(CLIENT, SUBJECT)).toBeNull();
    expect(await stored().countBy({ clientId: CLIENT })).toBe(1);
    expect(await transactions.run((tx) => consents.remove(tx, CLIENT, SUBJECT))).toBe(0);
  });
});
