import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { ADMIN, CLINICIAN, GONE, PATIENT, PENDING_PATIENT } from '../../test/support/people.js';
import {
  ADDRESS,
  openSignInTrial,
  patient,
  RIGHT_PATIENT,
  RIGHT_STAFF,
  type SignInTrial,
  staff,
} from '../../test/support/sign-in-trial.js';
import { IpAttempt } from '../platform/throttle/ip-attempt.entity.js';
import type { Credentials } from './authentication.service.js';
import type { Person } from './person.js';

/** Who is refused, after what was done to the demo site, and what the audit log says. */
type Case = readonly [who: string, damage: string, credentials: Credentials, reason: string];

const STAFF: readonly Case[] = [
  ['nobody', '', staff('nobody', 'x'), 'user not found'],
  ['another case of the name', '', staff('Clinician', CLINICIAN.password), 'user not found'],
  ['a blank behind the name', '', staff('clinician ', CLINICIAN.password), 'user not found'],
  ['who has left', '', staff(GONE.username, GONE.password), 'user not active'],
  ['who is in no group', "DELETE FROM `groups` WHERE user = 'clinician'", RIGHT_STAFF, 'user not found in a group'],
  ['who has no access rights', 'DELETE FROM gacl_groups_aro_map WHERE aro_id = 11', RIGHT_STAFF, 'user not in any phpGACL groups'],
  ['who has no credentials', 'DELETE FROM users_secure WHERE id = 2', RIGHT_STAFF, 'user credentials not found'],
  ['a service account', 'UPDATE users SET active = 1 WHERE id = 7', staff('oe-system', 'x'), 'user not found in a group'],
  ['no password', '', staff(CLINICIAN.username, ''), 'empty username or password'],
  ['a wrong password', '', staff(CLINICIAN.username, 'clinic#demo1'), 'user password incorrect'],
  ['a password with a NUL', '', staff(CLINICIAN.username, `${CLINICIAN.password}\0`), 'user password incorrect'],
  [
    'a hash of a form that the EHR refuses',
    "UPDATE users_secure SET password = '$2b$' || substr(password, 5) WHERE id = 2",
    RIGHT_STAFF,
    'user stored password hash is invalid',
  ],
  ['no hash', 'UPDATE users_secure SET password = NULL WHERE id = 2', RIGHT_STAFF, 'user stored password hash is invalid'],
  [
    'an old password',
    "UPDATE users_secure SET last_update_password = '2025-01-01 00:00:00' WHERE id = 2",
    RIGHT_STAFF,
    'user password is expired',
  ],
];

const account = (change: string): string => `UPDATE patient_access_onsite SET ${change} WHERE pid = 1`;
const record = (change: string): string => `UPDATE patient_data SET ${change} WHERE pid = 1`;
const { username: pending, password: pendingPassword, email: pendingEmail } = PENDING_PATIENT;

const PATIENTS: readonly Case[] = [
  ['nobody', '', patient('nobody@example.org', 'x', 'x'), 'patient portal information not found'],
  ['another case of the name', '', patient('Phil@example.org', PATIENT.password, PATIENT.email), 'patient portal information not found'],
  ['an account without password', account("portal_pwd = ''"), RIGHT_PATIENT, 'patient missing username, login username, or password'],
  ['a pending activation', account("portal_onetime = 'x'"), RIGHT_PATIENT, 'patient account not yet verified (portal_onetime set)'],
  [
    'a password made by staff',
    '',
    patient(pending, pendingPassword, pendingEmail),
    'patient account not yet verified (portal_pwd_status is not 1)',
  ],
  ['an account without patient', 'DELETE FROM patient_data WHERE pid = 1', RIGHT_PATIENT, 'patient not found'],
  ['who may not use the portal', record("allow_patient_portal = 'NO'"), RIGHT_PATIENT, 'patient does not permit portal access'],
  ['no e-mail address', '', patient(PATIENT.username, PATIENT.password), 'patient email was not included in credentials'],
  ['an address the clinic does not have', record("email = ''"), RIGHT_PATIENT, 'patient does not have an email in demographics'],
  ['another case of the address', '', patient(PATIENT.username, PATIENT.password, 'PHIL@example.org'), 'patient email not correct'],
  ['a wrong password', '', patient(PATIENT.username, 'portal#demo1', PATIENT.email), 'patient password incorrect'],
  ['a hash of a form that the EHR refuses', account("portal_pwd = 'plain'"), RIGHT_PATIENT, 'patient stored password hash is invalid'],
];

describe('Authentication refuses', () => {
  let trial: SignInTrial;

  beforeEach(async () => {
    trial = await openSignInTrial();
  });

  afterEach(() => trial.close());

  const authenticate = (credentials: Credentials): Promise<Person | null> => trial.services.authentication.authenticate(credentials);
  const reasons = async (title: string): Promise<string[]> =>
    (await trial.audited()).map((line) => line.split(` 0: ${title} failure: ${ADDRESS}. `)[1] ?? line);

  describe('with the same answer after the same work, and writes down why', () => {
    it.each(STAFF)('%s', async (_, damage, credentials, reason) => {
      if (damage) await trial.run(damage);
      expect(await authenticate(credentials)).toBeNull();
      expect(trial.hashes.work).toBe(1);
      expect(await reasons('API')).toEqual([reason]);
    });

    it.each(PATIENTS)('%s, of patients', async (_, damage, credentials, reason) => {
      if (damage) await trial.run(damage);
      expect(await authenticate(credentials)).toBeNull();
      expect(trial.hashes.work).toBe(1);
      expect(await reasons('Portal API')).toEqual([reason]);
    });
  });

  it('staff as patients and patients as staff', async () => {
    expect(await authenticate(staff(PATIENT.username, PATIENT.password))).toBeNull();
    expect(await authenticate(patient(CLINICIAN.username, CLINICIAN.password, 'clara@example.org'))).toBeNull();
  });

  it('names and passwords that nobody has, at once', async () => {
    expect(await authenticate(staff('x'.repeat(256), 'x'))).toBeNull();
    expect(await authenticate(staff(CLINICIAN.username, 'x'.repeat(4097)))).toBeNull();
    expect(trial.hashes.work).toBe(0);
    expect(await trial.source.getRepository(IpAttempt).find()).toMatchObject([{ address: ADDRESS, failures: 2 }]);
  });

  it('people whose password is in a directory, even with their old local one, but for those named', async () => {
    const errors = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await trial.run("UPDATE globals SET gl_value = '1' WHERE gl_name = 'gbl_ldap_enabled'");
    await trial.run("UPDATE globals SET gl_value = 'someone, clinician' WHERE gl_name = 'gbl_ldap_exclusions'");
    expect(await authenticate(staff(ADMIN.username, ADMIN.password))).toBeNull();
    expect(await reasons('API')).toEqual(['user failed ldap authentication']);
    expect(errors).toHaveBeenCalledWith(
      expect.objectContaining({ detail: expect.stringMatching(/gbl_ldap_host/) as string }),
      expect.any(String),
    );
    expect(trial.hashes.work).toBe(1);
    expect(await trial.source.getRepository(IpAttempt).find()).toMatchObject([{ address: ADDRESS, failures: 0 }]); // nobody was at fault
    expect(await authenticate(RIGHT_STAFF)).not.toBeNull();
    errors.mockRestore();
  });

  it('nobody for a missing e-mail address where the clinic does not ask', async () => {
    await trial.run("UPDATE globals SET gl_value = '0' WHERE gl_name = 'enforce_signin_email'");
    expect(await authenticate(patient(PATIENT.username, PATIENT.password))).not.toBeNull();
  });
});
