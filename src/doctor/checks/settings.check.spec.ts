import { Secret } from '../../platform/config/config.js';
import { Globals } from '../../platform/ehr/global-settings.js';
import { skewFindings } from './database.check.js';
import { findPasswordObstacle } from './people.check.js';
import { countForms } from './password-hashes.check.js';
import {
  doorFindings,
  passwordGrantFindings,
  productionFindings,
  refreshTokenFormFindings,
  siteAddressFindings,
  switchedOffFindings,
  timeZoneFindings,
} from './settings.check.js';

const idsOf = (findings: ReadonlyArray<{ id: string }>): string[] => findings.map(({ id }) => id);

describe('the site address', () => {
  it.each([
    ['https://emr.example.org', 'https://emr.example.org', []],
    ['https://emr.example.org/', 'https://emr.example.org', []],
    ['http://localhost:3000', 'http://localhost:3000', []],
    ['', 'https://emr.example.org', ['settings.site-address-missing']],
    ['emr.example.org', 'https://emr.example.org', ['settings.site-address-broken']],
    ['ftp://emr.example.org', 'https://emr.example.org', ['settings.site-address-broken']],
    ['http://emr.example.org', 'https://emr.example.org', ['settings.site-address-http']],
    ['https://emr.example.org:8443', 'https://emr.example.org', ['settings.site-address-differs']],
  ])('%j beside PUBLIC_URL %s: %j', (address, publicUrl, ids) => {
    expect(idsOf(siteAddressFindings(address, new URL(publicUrl)))).toEqual(ids);
  });
});

describe('APIs that are off', () => {
  const NOT_ALONE = { serveWithoutApi: false };
  const client = { isEnabled: true, name: 'App', scope: ['openid', 'api:fhir', 'system/Patient.rs'] };

  it('are found where an enabled client asks for them', () => {
    const findings = doorFindings(new Globals({ rest_fhir_api: '0', rest_api: '1' }), [client], NOT_ALONE);
    expect(findings.map(({ finding }) => /setting (\w+)/.exec(finding)?.[1])).toEqual(['rest_fhir_api', 'rest_system_scopes_api']);
  });

  it('do not matter to clients that are disabled or ask for others', () => {
    expect(doorFindings(new Globals({ rest_api: '1' }), [{ ...client, isEnabled: false }], NOT_ALONE)).toEqual([]);
    expect(doorFindings(new Globals({ rest_fhir_api: '1', rest_system_scopes_api: '1' }), [client], NOT_ALONE)).toEqual([]);
  });
});

describe('all APIs off', () => {
  it('is said once, unless the server is meant for sign-in alone', () => {
    const off = new Globals({ rest_api: '0', rest_fhir_api: '', rest_portal_api: '0' });
    const client = { isEnabled: true, name: 'App', scope: ['api:oemr'] };
    expect(idsOf(switchedOffFindings(off, { serveWithoutApi: false }))).toEqual(['settings.all-apis-off']);
    expect(doorFindings(off, [client], { serveWithoutApi: false })).toEqual([]);
    expect(switchedOffFindings(off, { serveWithoutApi: true })).toEqual([]);
    expect(idsOf(doorFindings(off, [client], { serveWithoutApi: true }))).toEqual(['settings.api-off']);
    expect(switchedOffFindings(new Globals({ rest_portal_api: '1' }), { serveWithoutApi: false })).toEqual([]);
  });
});

describe('other settings', () => {
  it.each([
    ['', 0],
    ['0', 0],
    ['1', 1],
    ['3', 1],
  ])('oauth_password_grant %j gives %d warnings', (value, count) => {
    expect(passwordGrantFindings(new Globals({ oauth_password_grant: value }))).toHaveLength(count);
  });

  it.each([
    ['Europe/Berlin', []],
    ['', ['settings.time-zone']],
    ['Mars/Olympus', ['settings.time-zone-unknown']],
  ])('the time zone %j gives %j', (zone, ids) => {
    expect(idsOf(timeZoneFindings(zone, { ehrTimeZone: 'UTC' }))).toEqual(ids);
  });

  it.each([
    ['own', []],
    ['ehr', ['info']],
  ] as const)('refresh tokens of the form %s give %j', (refreshTokenForm, levels) => {
    expect(refreshTokenFormFindings({ refreshTokenForm }).map(({ level }) => level)).toEqual(levels);
  });

  it('tells what is not safe for production', () => {
    const databaseUrl = new Secret(new URL('mysql://localhost/openemr'));
    const unsafe = productionFindings({
      databaseUrl,
      publicUrl: new URL('http://localhost:3000'),
      swaggerClient: true,
      launchSimulator: true,
    });
    expect(idsOf(unsafe)).toEqual(['settings.http', 'settings.swagger-client', 'settings.launch-simulator']);
    expect(
      productionFindings({ databaseUrl, publicUrl: new URL('https://emr.example.org'), swaggerClient: false, launchSimulator: false }),
    ).toEqual([]);
  });

  it.each([
    [0, []],
    [-4_999, []],
    [5_000, ['warning']],
    [-60_000, ['error']],
  ])('a clock that is %d ms ahead gives %j', (skew, levels) => {
    expect(skewFindings(skew).map(({ level }) => level)).toEqual(levels);
  });
});

describe('a stored password', () => {
  const bcrypt = `$2y$10$${'x'.repeat(53)}`;
  const now = '2026-06-01 12:00:00';
  const obstacle = (
    passwordHash: string | null,
    settings: Record<string, string> = {},
    passwordChangedAt: string | null = null,
  ): string | null => findPasswordObstacle('ada', { passwordHash, passwordChangedAt }, { globals: new Globals(settings), now });

  it('stands in the way when it cannot be verified', () => {
    expect(obstacle(bcrypt)).toBeNull();
    expect(obstacle(null)).toBe('password-form');
    expect(obstacle(bcrypt.replace('2y', '2b'))).toBe('password-form');
    expect(obstacle(`$2a$05$${'x'.repeat(21)}.`)).toBe('password-form');
  });

  it('stands in the way when it is too old, after the days of grace', () => {
    const settings = { password_expiration_days: '30', password_grace_time: '5' };
    expect(obstacle(bcrypt, settings, '2026-04-27 00:00:00')).toBeNull();
    expect(obstacle(bcrypt, settings, '2026-04-26 00:00:00')).toBe('password-expired');
  });

  it('does not count where a directory is asked, except for those who are excluded from it', () => {
    expect(obstacle(null, { gbl_ldap_enabled: '1' })).toBeNull();
    expect(obstacle(null, { gbl_ldap_enabled: '1', gbl_ldap_exclusions: 'admin, ada' })).toBe('password-form');
  });

  it('is counted by form, the most frequent first', () => {
    expect([...countForms(['old', bcrypt, bcrypt])]).toEqual([
      ['bcrypt', 2],
      ['unknown', 1],
    ]);
  });
});
