import { fromLocalText, isTimeZone, toLocalText } from './ehr-time.js';

const NEW_YORK = 'America/New_York';

describe('toLocalText', () => {
  it.each([
    ['2026-01-15T12:34:56.789Z', 'UTC', '2026-01-15 12:34:56'],
    ['2026-01-15T05:00:00Z', NEW_YORK, '2026-01-15 00:00:00'],
    ['2026-01-15T04:59:59Z', NEW_YORK, '2026-01-14 23:59:59'],
    ['2026-07-15T12:00:00Z', NEW_YORK, '2026-07-15 08:00:00'],
    ['2026-07-15T12:00:00Z', 'Asia/Kathmandu', '2026-07-15 17:45:00'],
    ['2026-07-15T12:00:00Z', 'Pacific/Kiritimati', '2026-07-16 02:00:00'],
    ['0987-03-04T01:02:03Z', 'UTC', '0987-03-04 01:02:03'],
  ])('writes %s in %s as %s', (moment, zone, text) => {
    expect(toLocalText(new Date(moment), zone)).toBe(text);
  });

  it('writes both passes of a repeated hour alike', () => {
    expect(toLocalText(new Date('2026-11-01T05:30:00Z'), NEW_YORK)).toBe('2026-11-01 01:30:00');
    expect(toLocalText(new Date('2026-11-01T06:30:00Z'), NEW_YORK)).toBe('2026-11-01 01:30:00');
  });

  it('refuses an unknown zone', () => {
    expect(() => toLocalText(new Date('2026-01-01T00:00:00Z'), 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('fromLocalText', () => {
  it.each([
    ['2026-01-15 12:34:56', 'UTC', '2026-01-15T12:34:56.000Z'],
    ['2026-01-15 12:34:56.789000', 'UTC', '2026-01-15T12:34:56.000Z'],
    ['2026-01-15 00:00:00', NEW_YORK, '2026-01-15T05:00:00.000Z'],
    ['2026-07-15 08:00:00', NEW_YORK, '2026-07-15T12:00:00.000Z'],
    ['2024-02-29 23:59:59', 'Asia/Kathmandu', '2024-02-29T18:14:59.000Z'],
    ['2026-07-16 02:00:00', 'Pacific/Kiritimati', '2026-07-15T12:00:00.000Z'],
  ])('reads %s in %s as %s', (text, zone, moment) => {
    expect(fromLocalText(text, zone)?.toISOString()).toBe(moment);
  });

  it.each([
    ['the first pass of a repeated hour', '2026-11-01 01:30:00', NEW_YORK, '2026-11-01T05:30:00.000Z'],
    ['the second before it', '2026-11-01 00:59:59', NEW_YORK, '2026-11-01T04:59:59.000Z'],
    ['the hour after it', '2026-11-01 02:00:00', NEW_YORK, '2026-11-01T07:00:00.000Z'],
    ['a skipped time, moved on by the gap', '2026-03-08 02:30:00', NEW_YORK, '2026-03-08T07:30:00.000Z'],
    ['the last second before the gap', '2026-03-08 01:59:59', NEW_YORK, '2026-03-08T06:59:59.000Z'],
    ['the first second after the gap', '2026-03-08 03:00:00', NEW_YORK, '2026-03-08T07:00:00.000Z'],
    ['a gap of half an hour', '2026-10-04 02:15:00', 'Australia/Lord_Howe', '2026-10-03T15:45:00.000Z'],
    ['a day that was skipped as a whole', '2011-12-30 12:00:00', 'Pacific/Apia', '2011-12-30T22:00:00.000Z'],
    ['summer time south of the equator', '2026-04-05 02:30:00', 'Australia/Sydney', '2026-04-04T15:30:00.000Z'],
  ])('reads %s', (_, text, zone, moment) => {
    expect(fromLocalText(text, zone)?.toISOString()).toBe(moment);
  });

  it('undoes toLocalText at every hour of a year, the repeated one apart', () => {
    for (const zone of [NEW_YORK, 'Europe/Warsaw', 'Australia/Lord_Howe']) {
      let lost = 0;
      for (let at = Date.parse('2026-01-01T00:00:00Z'); at < Date.parse('2027-01-01T00:00:00Z'); at += 3_600_000) {
        if (fromLocalText(toLocalText(new Date(at), zone), zone)?.getTime() !== at) lost += 1;
      }
      expect(lost).toBe(1);
    }
  });

  it.each([null, '', '0000-00-00 00:00:00', '0000-00-00'])('reads %p as never', (text) => {
    expect(fromLocalText(text, NEW_YORK)).toBeNull();
  });

  it.each(['soon', '2026-13-01 00:00:00', '2026-02-30 00:00:00', '2026-01-01T00:00:00', '2026-01-01', '2026-01-01 25:00:00'])(
    'refuses %p',
    (text) => {
      expect(() => fromLocalText(text, 'UTC')).toThrow(RangeError);
    },
  );

  it('refuses an unknown zone', () => {
    expect(() => fromLocalText('2026-01-01 00:00:00', 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('isTimeZone', () => {
  it.each([
    ['UTC', true],
    [NEW_YORK, true],
    ['US/Eastern', true],
    ['', false],
    ['Mars/Olympus', false],
  ])('%p: %p', (zone, known) => {
    expect(isTimeZone(zone)).toBe(known);
  });
});
