import { FixedClock } from '../../../test/support/fixed-clock.js';
import { openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { EhrClock } from './ehr-clock.js';
import { GlobalSetting } from './global-setting.entity.js';
import { GlobalSettings, Globals } from './global-settings.js';

describe('GlobalSettings', () => {
  let database: TestDatabase;
  let settings: GlobalSettings;
  const clock = FixedClock.at('2026-07-01T12:00:00Z');

  beforeEach(async () => {
    database = await openTestDatabase([]);
    settings = new GlobalSettings(database.source.getRepository(GlobalSetting), clock);
  });

  afterEach(() => database.close());

  it('reads a changed row within seconds and without restart', async () => {
    expect((await settings.read()).text('gbl_time_zone')).toBe('UTC');
    await database.source.query("UPDATE globals SET gl_value = 'America/New_York' WHERE gl_name = 'gbl_time_zone'");
    expect((await settings.read()).text('gbl_time_zone')).toBe('UTC');
    clock.advance(6);
    expect((await settings.read()).text('gbl_time_zone')).toBe('America/New_York');
    const ehrClock = new EhrClock(settings, database.config, clock);
    expect(await ehrClock.text(new Date('2026-07-01T12:00:00Z'))).toBe('2026-07-01 08:00:00');
    expect(ehrClock.timestampText(new Date('2026-07-01T12:00:00Z'))).toBe('2026-07-01 12:00:00');
    expect(await ehrClock.moment('2026-07-01 08:00:00')).toEqual(new Date('2026-07-01T12:00:00Z'));
    for (const odd of [null, '', '0000-00-00 00:00:00', '2026-00-00 00:00:00', 'soon']) expect(await ehrClock.moment(odd)).toBeNull();
  });

  it('takes missing rows and odd values for what they are', () => {
    const globals = new Globals({ on: '1', off: '0', empty: '', number: '20', blanks: ' 20 ', text: 'many' });
    expect([globals.isOn('on'), globals.isOn('off'), globals.isOn('empty'), globals.isOn('none'), globals.isOn('none', true)]).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
    expect(['number', 'blanks', 'text', 'none'].map((name) => globals.number(name, 1))).toEqual([20, 20, 1, 1]);
  });
});
