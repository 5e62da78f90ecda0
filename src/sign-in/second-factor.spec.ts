import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TOTP } from 'otpauth';
import type { DataSource } from 'typeorm';
import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { CLINICIAN, PATIENT, TOTP_DOCTOR } from '../../test/support/people.js';
import { setGlobals, SIGN_IN_ENTITIES, type SignInServices, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { MfaRegistration } from '../mfa/mfa-registration.entity.js';
import { LogEntry } from '../platform/audit/log-entry.entity.js';
import { sealWithPassPhrase } from '../platform/ehr/crypto-gen.js';
import { SystemRandom } from '../platform/ambient/random.js';
import { UserSecret } from '../users/user-secret.entity.js';
import type { Person } from './person.js';

const ADDRESS = '192.0.2.7';
const DOCTOR = 3;

describe('The second factor', () => {
  let database: TestDatabase;
  let source: DataSource;
  let clock: FixedClock;
  let services: SignInServices;

  beforeEach(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    ({ source } = database);
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    services = signInServices(database, source, clock);
  });

  afterEach(() => database.close());

  const signIn = (password: string = TOTP_DOCTOR.password): Promise<Person | null> =>
    services.authentication.authenticate({ role: 'users', username: TOTP_DOCTOR.username, password, email: undefined, address: ADDRESS });
  const doctor = async (): Promise<Person> => {
    const person = await services.people.find(TOTP_DOCTOR.subject);
    if (!person) throw new Error('the demo site lost its doctor');
    return person;
  };
  const code = (secret: string = TOTP_DOCTOR.totpSecret) =>
    TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: clock.now().getTime() });
  const wrongCode = () => String((Number(code()) + 1) % 1_000_000).padStart(6, '0');
  const send = async (sent: string): Promise<boolean> => services.authentication.verifySecondFactor(await doctor(), sent, ADDRESS);
  const failures = async () => (await source.getRepository(UserSecret).findOneByOrFail({ userId: DOCTOR })).failures;
  const reasons = async (): Promise<string[]> => {
    const lines = await source.getRepository(LogEntry).find({ order: { id: 'ASC' } });
    return lines.map((line) => `${line.event} ${line.user}: ${Buffer.from(line.comments ?? '', 'base64').toString()}`);
  };

  it('is outstanding after the password, and right once', async () => {
    await signIn();
    expect(await send(code())).toBe(true);
    expect(await send(code())).toBe(false);
    expect(await reasons()).toEqual([
      'api totpdoc: API success: 192.0.2.7. password accepted, second factor outstanding',
      'mfa totpdoc: success: 192.0.2.7. OAuth2 MFA (TOTP) code correct',
      'mfa totpdoc: failure: 192.0.2.7. OAuth2 MFA (TOTP) code used before',
    ]);
  });

  it('never appears in the audit log', async () => {
    await send(code());
    await send('135791');
    expect((await reasons()).join('\n')).not.toMatch(new RegExp(`135791|${code()}`));
  });

  it('counts failures on the account, which the password alone does not take back', async () => {
    await setGlobals(source, clock, { password_max_failed_logins: '4' });
    for (let round = 0; round < 2; round += 1) {
      await signIn();
      for (let n = 0; n < 2; n += 1) expect(await send(wrongCode())).toBe(false);
    }
    expect(await failures()).toBe(4);
    expect(await send(code())).toBe(false);
    expect((await reasons()).at(-1)).toBe('mfa totpdoc: failure: 192.0.2.7. user exceeded maximum number of failed logins');
    expect(await signIn()).toBeNull();
    clock.advance(3601);
    expect(await signIn()).not.toBeNull();
    expect(await send(code())).toBe(true);
    expect(await failures()).toBe(0);
  });

  it('is worth nothing when it comes with too many wrong ones', async () => {
    await setGlobals(source, clock, { password_max_failed_logins: '3' });
    for (let n = 0; n < 3; n += 1) await send(wrongCode());
    expect(await Promise.all([send(code()), send(wrongCode())])).toEqual([false, false]);
  });

  it('is refused from an address that is locked out', async () => {
    await setGlobals(source, clock, { ip_max_failed_logins: '1' });
    await send(wrongCode());
    expect(await send(code())).toBe(false);
    expect((await reasons()).at(-1)).toContain('IP address exceeded maximum number of failed logins');
  });

  it('does not help who has been locked out of the EHR since', async () => {
    await source.query('UPDATE users SET active = 0 WHERE id = 3');
    expect(await send(code())).toBe(false);
  });

  it('does not exist for patients', async () => {
    const patient = await services.people.find(PATIENT.subject);
    expect(patient && (await services.authentication.secondFactorOf(patient))).toBe('none');
    expect(patient && (await services.authentication.verifySecondFactor(patient, code(), ADDRESS))).toBe(false);
  });

  it('is a key where somebody has nothing else', async () => {
    await source.query("INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (2, 'Key', 'U2F', '{}', '')");
    const clinician = await services.people.find(CLINICIAN.subject);
    expect(clinician && (await services.authentication.secondFactorOf(clinician))).toBe('key');
    await source.query("INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (3, 'Key', 'U2F', '{}', '')");
    expect(await services.authentication.secondFactorOf(await doctor())).toBe('totp');
  });

  it('survives a new password hash, although the installer had sealed it with the old one', async () => {
    const [vector] = EHR_VECTORS.totp.registrations;
    const secret = vector?.secret_base32 ?? '';
    const { passwordHash } = await source.getRepository(UserSecret).findOneByOrFail({ userId: DOCTOR });
    const sealed = await sealWithPassPhrase(Buffer.from(secret), passwordHash ?? '', 7, new SystemRandom());
    await source.getRepository(MfaRegistration).update({ userId: DOCTOR }, { data: sealed });
    await setGlobals(source, clock, { gbl_auth_hash_algo: 'SHA512HASH', gbl_auth_sha512_rounds: '1000' });
    await signIn();
    expect((await source.getRepository(UserSecret).findOneByOrFail({ userId: DOCTOR })).passwordHash).toMatch(/^\$6\$/);
    expect(await send(code(secret))).toBe(true);
  });

  it('stays sealed to who does not know the password', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const { passwordHash } = await source.getRepository(UserSecret).findOneByOrFail({ userId: DOCTOR });
    const sealed = await sealWithPassPhrase(Buffer.from(TOTP_DOCTOR.totpSecret), passwordHash ?? '', 7, new SystemRandom());
    await source.getRepository(MfaRegistration).update({ userId: DOCTOR }, { data: sealed });
    expect(await signIn('wrong')).toBeNull();
    expect(await send(code())).toBe(false);
    errors.mockRestore();
  });
});
