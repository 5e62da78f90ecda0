import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { TOTP } from 'otpauth';
import { EHR_VECTORS } from '../../test/support/ehr-vectors.js';
import { FixedClock } from '../../test/support/fixed-clock.js';
import { TOTP_DOCTOR } from '../../test/support/people.js';
import { SIGN_IN_ENTITIES, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import type { Holder } from './holder.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import type { MfaService } from './mfa.service.js';

const CLINICIAN = 2;
const DOCTOR = 3;
const PERIOD = 30;

/** Codes of an authenticator app, made at moments in epoch seconds, and the moments at which the EHR takes them. */
const { codes } = (EHR_VECTORS as unknown as { totp: { codes: CodeVector[] } }).totp;

const holder = (userId: number): Holder => ({ subject: `user-${userId}`, userId });

interface CodeVector {
  secret_base32: string;
  code: string;
  accepted_when_clock_is: number[];
  rejected_when_clock_is: number[];
}

describe('MfaService', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let mfa: MfaService;

  beforeEach(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    ({ mfa } = signInServices(database, database.source, clock));
  });

  afterEach(() => database.close());

  const verify = async (userId: number, code: string) => (await mfa.verify(holder(userId), code)).verdict;
  const registrations = () => database.source.getRepository(MfaRegistration);
  const enrol = (method: string, data: string, label = 'Key') =>
    database.source.query('INSERT INTO login_mfa_registrations (user_id, name, method, var1, var2) VALUES (?, ?, ?, ?, ?)', [
      ...[CLINICIAN, label, method, data, ''],
    ]);
  const codeAt = (steps: number, secret: string = TOTP_DOCTOR.totpSecret) =>
    TOTP.generate({ secret: new TOTP({ secret }).secret, timestamp: clock.now().getTime() + steps * PERIOD * 1000 });

  describe('factorsOf', () => {
    it('counts keys, and knows whether there is an app', async () => {
      await enrol('U2F', '{}');
      await enrol('U2F', '{}', 'Second key');
      expect(await mfa.factorsOf(holder(CLINICIAN))).toEqual({ hasApp: false, keys: 2 });
      await enrol('TOTP', TOTP_DOCTOR.totpSecret, 'App');
      expect(await mfa.factorsOf(holder(CLINICIAN))).toEqual({ hasApp: true, keys: 2 });
    });

    it('ignores kinds that the EHR ignores, and finds nothing for who has enrolled nothing', async () => {
      await enrol('SMS', 'x');
      expect(await mfa.factorsOf(holder(CLINICIAN))).toEqual({ hasApp: false, keys: 0 });
      expect(await mfa.factorsOf(holder(1))).toEqual({ hasApp: false, keys: 0 });
    });
  });

  describe('verify', () => {
    it('takes the codes of the EHR’s own vectors when the EHR does', async () => {
      for (const [
        row,
        { secret_base32: secret, code, accepted_when_clock_is: accepted, rejected_when_clock_is: rejected },
      ] of codes.entries()) {
        await registrations().delete({ userId: CLINICIAN });
        await enrol('TOTP', database.site.secretBox.seal(secret), `App ${row}`);
        for (const [moments, verdict] of [
          [accepted, 'accepted'],
          [rejected, 'wrong'],
        ] as const) {
          for (const seconds of moments) {
            await database.source.query('DELETE FROM oauth2_totp_step');
            const services = signInServices(database, database.source, FixedClock.at(new Date(seconds * 1000).toISOString()));
            expect([code, seconds, (await services.mfa.verify(holder(CLINICIAN), code)).verdict]).toEqual([code, seconds, verdict]);
          }
        }
      }
    });

    it('takes a code once', async () => {
      expect(await verify(DOCTOR, codeAt(0))).toBe('accepted');
      expect(await verify(DOCTOR, codeAt(0))).toBe('used');
      clock.advance(PERIOD);
      expect(await verify(DOCTOR, codeAt(-1))).toBe('used');
      expect(await verify(DOCTOR, codeAt(0))).toBe('accepted');
    });

    it('takes no older code after a newer one', async () => {
      expect(await verify(DOCTOR, codeAt(1))).toBe('accepted');
      expect(await verify(DOCTOR, codeAt(0))).toBe('used');
      expect(await verify(DOCTOR, codeAt(-1))).toBe('used');
    });

    it('takes one of many uses at once', async () => {
      const code = codeAt(0);
      const verdicts = await Promise.all(Array.from({ length: 20 }, () => verify(DOCTOR, code)));
      expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(1);
    });

    it('reads over the blanks that people type', async () => {
      const code = codeAt(0);
      expect(await verify(DOCTOR, ` ${code.slice(0, 3)} ${code.slice(3)}\t`)).toBe('accepted');
    });

    it.each([
      ['nothing', ''],
      ['five digits', '12345'],
      ['seven digits', '1234567'],
      ['letters', 'abcdef'],
      ['other digits', '١٢٣٤٥٦'],
      ['a number', '1e5000'],
    ])('refuses %s', async (_, code) => {
      expect(await verify(DOCTOR, code)).toBe('wrong');
    });

    it('refuses the code of somebody else, and any of who has only a key it cannot check', async () => {
      await enrol('U2F', '{}');
      expect(await verify(CLINICIAN, codeAt(0))).toBe('wrong');
    });

    it.each([
      ['no secret', ''],
      ['a short one', 'JBSWY3DP'],
      ['what is not base32', '!!'.repeat(20)],
    ])('refuses every code where the EHR holds %s', async (_, data) => {
      const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
      await registrations().update({ userId: DOCTOR }, { data });
      const empty = TOTP.generate({ secret: new TOTP({ secret: 'A' }).secret, timestamp: clock.now().getTime() });
      expect(await verify(DOCTOR, empty)).toBe('wrong');
      expect(errors).toHaveBeenCalledWith({ userId: DOCTOR }, expect.stringMatching(/enrol again/));
      errors.mockRestore();
    });

    it('says in the log which secret cannot be opened, and never shows it', async () => {
      const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
      const [vector] = EHR_VECTORS.totp.registrations;
      await registrations().update({ userId: DOCTOR }, { data: vector?.var1_current });
      expect(await verify(DOCTOR, codeAt(0, vector?.secret_base32))).toBe('wrong');
      expect(errors).toHaveBeenCalledWith(expect.objectContaining({ userId: DOCTOR, code: 'tampered' }), expect.any(String));
      expect(JSON.stringify(errors.mock.calls)).not.toContain(vector?.secret_base32);
      errors.mockRestore();
    });
  });

  describe('adoptInstallerForm', () => {
    const vector = EHR_VECTORS.totp.registrations.find((registration) => registration.var1_install_time !== undefined);

    it('opens the installer’s form with the password hash and rewrites it, so that codes work from then on', async () => {
      await enrol('TOTP', vector?.var1_install_time ?? '');
      await mfa.adoptInstallerForm(CLINICIAN, vector?.users_secure_password ?? '');
      const [row] = await registrations().findBy({ userId: CLINICIAN });
      expect(database.site.secretBox.open(row?.data ?? null)).toBe(vector?.secret_base32);
      expect(await verify(CLINICIAN, codeAt(0, vector?.secret_base32))).toBe('accepted');
    });

    it('leaves what it cannot open, and what opens already', async () => {
      await enrol('TOTP', vector?.var1_install_time ?? '');
      const before = await registrations().find();
      await mfa.adoptInstallerForm(CLINICIAN, 'another hash');
      await mfa.adoptInstallerForm(DOCTOR, vector?.users_secure_password ?? '');
      expect(await registrations().find()).toEqual(before);
    });
  });
});
