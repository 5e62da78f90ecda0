import type { Repository } from 'typeorm';
import { FixedClock } from '../../../test/support/fixed-clock.js';
import { setGlobals } from '../../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { GlobalSetting } from '../ehr/global-setting.entity.js';
import { GlobalSettings } from '../ehr/global-settings.js';
import { AddressAttempts } from './address-attempts.js';
import { AttemptLimits } from './attempt-limits.js';
import { IpAttempt } from './ip-attempt.entity.js';

const ADDRESS = '192.0.2.7';
const EXCEEDED = 'IP address exceeded maximum number of failed logins';
const HOUR = 3600;

describe('AddressAttempts', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let rows: Repository<IpAttempt>;
  let addresses: AddressAttempts;

  beforeEach(async () => {
    database = await openTestDatabase([IpAttempt]);
    const { source, config } = database;
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    const settings = new GlobalSettings(source.getRepository(GlobalSetting), clock);
    rows = source.getRepository(IpAttempt);
    addresses = new AddressAttempts(rows, new AttemptLimits(settings, new EhrClock(settings, config, clock), clock));
    await setGlobals(source, clock, { ip_max_failed_logins: '3' });
  });

  afterEach(() => database.close());

  const fail = async (times = 1): Promise<void> => {
    for (let n = 0; n < times; n += 1) await (await addresses.open(ADDRESS)).fail();
  };
  const refusal = async (): Promise<string | null> => (await addresses.open(ADDRESS)).refusal;

  it('makes one row for an address, however many come at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => addresses.open(ADDRESS)));
    expect(await rows.find()).toMatchObject([{ address: ADDRESS, failures: 0, totalFailures: 0, isBlocked: false, lastFailureAt: null }]);
  });

  it('refuses after as many failures as the site allows, and counts what it refuses', async () => {
    await fail(2);
    expect(await refusal()).toBeNull();
    await fail();
    expect(await refusal()).toBe(EXCEEDED);
    await fail();
    expect(await rows.find()).toMatchObject([{ failures: 4, totalFailures: 4, lastFailureAt: '2026-03-01 12:00:06' }]);
  });

  it('tells whether an address is refused without counting or remembering it', async () => {
    expect(await addresses.findRefusal(ADDRESS)).toBeNull();
    expect(await rows.find()).toEqual([]);
    await fail(3);
    expect(await addresses.findRefusal(ADDRESS)).toBe(EXCEEDED);
    expect(await rows.find()).toMatchObject([{ failures: 3 }]);
  });

  it('forgets after the time the site sets, counted from the last failure', async () => {
    await fail(3);
    clock.advance(HOUR);
    expect(await refusal()).toBe(EXCEEDED);
    clock.advance(1);
    expect(await refusal()).toBeNull();
    await fail();
    expect(await rows.find()).toMatchObject([{ failures: 1, totalFailures: 4 }]);
  });

  it('never forgets where the site sets no time', async () => {
    await setGlobals(database.source, clock, { ip_time_reset_password_max_failed_logins: '0' });
    await fail(3);
    clock.advance(1000 * HOUR);
    expect(await refusal()).toBe(EXCEEDED);
  });

  it('does not refuse where the site sets no maximum, a block included, and counts all the same', async () => {
    await setGlobals(database.source, clock, { ip_max_failed_logins: '0' });
    await fail(5);
    await rows.update({ address: ADDRESS }, { isBlocked: true });
    expect(await refusal()).toBeNull();
    expect(await rows.find()).toMatchObject([{ failures: 5 }]);
  });

  it('refuses an address that an administrator has blocked', async () => {
    await addresses.open(ADDRESS);
    await rows.update({ address: ADDRESS }, { isBlocked: true });
    expect(await refusal()).toBe('IP address has been manually blocked');
  });

  it('starts again after a success', async () => {
    await fail(2);
    await rows.update({ address: ADDRESS }, { blockMailed: 1 });
    expect(await (await addresses.open(ADDRESS)).succeed()).toBe(true);
    expect(await rows.find()).toMatchObject([{ failures: 0, totalFailures: 2, lastFailureAt: null, blockMailed: 0 }]);
  });

  it('does not let a success stand that comes after too many failures of others at the same time', async () => {
    const lucky = await addresses.open(ADDRESS);
    await Promise.all(Array.from({ length: 3 }, () => fail()));
    expect(lucky.refusal).toBeNull();
    expect(await lucky.succeed()).toBe(false);
    expect(await refusal()).toBe(EXCEEDED);
  });

  it('loses no failure of many at once', async () => {
    await Promise.all(Array.from({ length: 25 }, () => fail()));
    expect(await rows.find()).toMatchObject([{ failures: 25, totalFailures: 25 }]);
  });

  it('keeps addresses apart, cuts an endless one and names none like the EHR', async () => {
    await fail(3);
    for (const address of ['192.0.2.8', '', 'f'.repeat(1000)]) expect((await addresses.open(address)).refusal).toBeNull();
    expect((await rows.find({ order: { id: 'ASC' } })).map((row) => row.address)).toEqual([ADDRESS, '192.0.2.8', 'blank', 'f'.repeat(255)]);
  });
});
