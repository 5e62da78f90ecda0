import { ADMIN, CLINICIAN, PATIENT, TOTP_DOCTOR } from '../../test/support/people.js';
import { setGlobals } from '../../test/support/sign-in-services.js';
import {
  ADDRESS,
  openSignInTrial,
  patient,
  RIGHT_PATIENT,
  RIGHT_STAFF,
  type SignInTrial,
  staff,
} from '../../test/support/sign-in-trial.js';
import { HashingBusyError } from '../platform/ambient/hashing-queue.js';
import { IpAttempt } from '../platform/throttle/ip-attempt.entity.js';
import { UserSecret } from '../users/user-secret.entity.js';
import type { Credentials } from './authentication.service.js';
import type { Person } from './person.js';

describe('Authentication', () => {
  let trial: SignInTrial;

  beforeEach(async () => {
    trial = await openSignInTrial();
  });

  afterEach(() => trial.close());

  const authenticate = (credentials: Credentials): Promise<Person | null> => trial.services.authentication.authenticate(credentials);
  const secret = (userId = 2) => trial.source.getRepository(UserSecret).findOneByOrFail({ userId });
  const address = () => trial.source.getRepository(IpAttempt).findOneByOrFail({ address: ADDRESS });

  describe('lets in', () => {
    it.each([
      [RIGHT_STAFF, CLINICIAN.subject, 'none'],
      [staff(ADMIN.username, ADMIN.password), ADMIN.subject, 'none'],
      [staff(TOTP_DOCTOR.username, TOTP_DOCTOR.password), TOTP_DOCTOR.subject, 'totp'],
      [RIGHT_PATIENT, PATIENT.subject, 'none'],
    ] as const)('%j', async (credentials, subject, secondFactor) => {
      const person = await authenticate(credentials);
      expect(person).toMatchObject({ subject, role: credentials.role, username: credentials.username, isActive: true });
      expect(person && (await trial.services.authentication.secondFactorOf(person))).toBe(secondFactor);
      expect(trial.hashes.work).toBe(1);
    });

    it('and writes down whom', async () => {
      await authenticate(RIGHT_STAFF);
      await authenticate(RIGHT_PATIENT);
      expect(await trial.audited()).toEqual([
        'api clinician [Default] 1: API success: 192.0.2.7. signed in',
        'portalapi phil@example.org [] 1: Portal API success: 192.0.2.7. signed in',
      ]);
    });
  });

  it('never writes a password into the audit log', async () => {
    for (const password of ['hunter2-wrong', CLINICIAN.password]) await authenticate(staff(CLINICIAN.username, password));
    expect((await trial.audited()).join('\n')).not.toMatch(/hunter2|Clinic#/);
  });

  describe('counts failures', () => {
    it('of a wrong password on account and address, of an unknown name on the address alone', async () => {
      await authenticate(staff(CLINICIAN.username, 'wrong'));
      await authenticate(staff('nobody', 'wrong'));
      expect(await secret()).toMatchObject({ failures: 1, totalFailures: 1, lastFailureAt: '2026-03-01 12:00:00' });
      expect(await address()).toMatchObject({ failures: 2, totalFailures: 2 });
    });

    it('until somebody gets in', async () => {
      for (let n = 0; n < 3; n += 1) await authenticate(staff(CLINICIAN.username, 'wrong'));
      await authenticate(RIGHT_STAFF);
      expect(await secret()).toMatchObject({ failures: 0, totalFailures: 3, lastFailureAt: null });
      expect(await address()).toMatchObject({ failures: 0, totalFailures: 3, lastFailureAt: null });
    });

    it('not for an expired password, which was right', async () => {
      await trial.run("UPDATE users_secure SET last_update_password = '2025-01-01 00:00:00' WHERE id = 2");
      await authenticate(RIGHT_STAFF);
      expect(await secret()).toMatchObject({ failures: 0 });
      expect(await address()).toMatchObject({ failures: 0 });
    });

    it('not when the server was too busy to look, which it says', async () => {
      trial.hashes.isBusy = true;
      await expect(authenticate(RIGHT_STAFF)).rejects.toThrow(HashingBusyError);
      expect(await secret()).toMatchObject({ failures: 0 });
      expect(await address()).toMatchObject({ failures: 0 });
    });
  });

  describe('locks out', () => {
    beforeEach(() =>
      setGlobals(trial.source, trial.clock, { password_max_failed_logins: '3', time_reset_password_max_failed_logins: '600' }),
    );

    it('staff after as many failures as the site allows, also with the right password, and lets them in again when the time is over', async () => {
      for (let n = 0; n < 3; n += 1) await authenticate(staff(CLINICIAN.username, 'wrong'));
      trial.hashes.work = 0;
      expect(await authenticate(RIGHT_STAFF)).toBeNull();
      expect(trial.hashes.work).toBe(1);
      expect(await secret()).toMatchObject({ failures: 4, totalFailures: 4 });
      expect((await trial.audited()).at(-1)).toContain('user exceeded maximum number of failed logins');
      trial.clock.advance(601);
      expect(await authenticate(RIGHT_STAFF)).not.toBeNull();
      expect(await secret()).toMatchObject({ failures: 0, totalFailures: 4 });
    });

    it('a patient, by login name', async () => {
      const attempt = (password: string) => authenticate(patient(PATIENT.username, password, PATIENT.email));
      for (let n = 0; n < 3; n += 1) await attempt('wrong');
      trial.hashes.work = 0;
      expect(await attempt(PATIENT.password)).toBeNull();
      expect(trial.hashes.work).toBe(1);
      expect((await trial.audited()).at(-1)).toContain('patient exceeded maximum number of failed logins');
      trial.clock.advance(601);
      expect(await attempt(PATIENT.password)).not.toBeNull();
      expect(await trial.run('SELECT failures, last_failure_at FROM oauth2_login_failure')).toEqual([
        { failures: 0, last_failure_at: null },
      ]);
    });

    it('keeps no count of login names that do not exist', async () => {
      await authenticate(patient('nobody@example.org', 'wrong', 'x'));
      expect(await trial.run('SELECT * FROM oauth2_login_failure')).toEqual([]);
    });

    it('an address, whomever it tries', async () => {
      await setGlobals(trial.source, trial.clock, { ip_max_failed_logins: '2' });
      await authenticate(staff('nobody', 'wrong'));
      await authenticate(patient('nobody@example.org', 'wrong', 'x'));
      trial.hashes.work = 0;
      expect(await authenticate(RIGHT_STAFF)).toBeNull();
      expect(trial.hashes.work).toBe(1);
      expect((await trial.audited()).at(-1)).toBe(
        'api clinician [] 0: API failure: 192.0.2.7. IP address exceeded maximum number of failed logins',
      );
      expect(await authenticate({ ...RIGHT_STAFF, address: '192.0.2.8' })).not.toBeNull();
    });

    it('a right guess that comes with too many wrong ones', async () => {
      const guesses = [...Array.from({ length: 12 }, () => 'wrong'), CLINICIAN.password];
      const outcomes = await Promise.all(guesses.map((guess) => authenticate(staff(CLINICIAN.username, guess))));
      expect(outcomes.filter((person) => person !== null)).toEqual([]);
      expect((await secret()).failures).toBeGreaterThanOrEqual(12);
    });
  });

  describe('replaces a password hash that does not fit the settings', () => {
    it('of staff and of patients, and the password goes on working', async () => {
      await setGlobals(trial.source, trial.clock, { gbl_auth_hash_algo: 'SHA512HASH', gbl_auth_sha512_rounds: '1000' });
      for (const credentials of [RIGHT_STAFF, RIGHT_PATIENT]) {
        expect(await authenticate(credentials)).not.toBeNull();
        expect(await authenticate(credentials)).not.toBeNull();
      }
      const stored = await trial.run(
        'SELECT password FROM users_secure WHERE id = 2 UNION SELECT portal_pwd FROM patient_access_onsite WHERE pid = 1',
      );
      expect(stored).toEqual([1, 2].map(() => ({ password: expect.stringMatching(/^\$6\$rounds=1000\$/) })));
    });

    it('not after a wrong password', async () => {
      const before = await secret();
      await setGlobals(trial.source, trial.clock, { gbl_auth_hash_algo: 'SHA512HASH', gbl_auth_sha512_rounds: '1000' });
      await authenticate(staff(CLINICIAN.username, 'wrong'));
      expect((await secret()).passwordHash).toBe(before.passwordHash);
    });
  });
});
