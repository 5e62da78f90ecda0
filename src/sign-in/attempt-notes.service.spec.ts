import { CLINICIAN, GONE, PATIENT, PENDING_PATIENT, TOTP_DOCTOR } from '../../test/support/people.js';
import { setGlobals } from '../../test/support/sign-in-services.js';
import { ADDRESS, openSignInTrial, patient, RIGHT_STAFF, type SignInTrial, staff } from '../../test/support/sign-in-trial.js';
import { SignInRecord } from '../sessions/sign-in-record.entity.js';

describe('AttemptNotes', () => {
  let trial: SignInTrial;

  beforeAll(async () => {
    trial = await openSignInTrial();
    await setGlobals(trial.source, trial.clock, { gbl_auth_bcrypt_hash_cost: '4', password_max_failed_logins: '2' });
  });
  afterAll(() => trial.close());
  afterEach(async () => {
    await trial.source.getRepository(SignInRecord).clear();
    await trial.run("UPDATE users_secure SET login_fail_counter = 0, last_update_password = '2026-02-01 09:00:00'");
  });

  const attempt = (credentials: typeof RIGHT_STAFF): Promise<unknown> => trial.services.authentication.authenticate(credentials);
  const noted = async (subject: string): Promise<string[]> => {
    const rows = await trial.source.getRepository(SignInRecord).find({ where: { subject } });
    return rows.map(({ outcome }) => outcome).sort();
  };

  it('tell apart what a person can do something about', async () => {
    await attempt(staff(CLINICIAN.username, 'wrong'));
    await attempt(staff(CLINICIAN.username, 'wrong'));
    await attempt(RIGHT_STAFF);
    expect(await noted(CLINICIAN.subject)).toEqual(['locked', 'wrong-password', 'wrong-password']);
  });

  it('know an expired password, and a password without its second factor', async () => {
    await trial.run("UPDATE users_secure SET last_update_password = '2020-01-01 09:00:00' WHERE id = 2");
    await attempt(RIGHT_STAFF);
    await attempt(staff(TOTP_DOCTOR.username, TOTP_DOCTOR.password));
    expect(await noted(CLINICIAN.subject)).toEqual(['expired']);
    expect(await noted(TOTP_DOCTOR.subject)).toEqual(['half-way']);
  });

  it('say where an attempt came from', async () => {
    await attempt({ ...staff(CLINICIAN.username, 'wrong'), userAgent: 'Browser/1.0', clientId: 'client-1' });
    expect(await trial.source.getRepository(SignInRecord).find()).toMatchObject([
      {
        subject: CLINICIAN.subject,
        address: ADDRESS,
        userAgent: 'Browser/1.0',
        clientId: 'client-1',
        amr: [],
        happenedAt: trial.clock.now(),
      },
    ]);
  });

  it('are about people who exist, and leave out what a success will note itself', async () => {
    await attempt(patient(PATIENT.username, 'wrong', PATIENT.email));
    await attempt(patient(PENDING_PATIENT.username, PENDING_PATIENT.password, PENDING_PATIENT.email));
    await attempt(staff(GONE.username, GONE.password));
    for (const name of ['nobody', 'Clinician', '', 'My#Secret1']) await attempt(staff(name, 'wrong'));
    await attempt(patient('nobody@example.org', 'wrong', 'x'));
    await attempt(RIGHT_STAFF);
    expect(await noted(PATIENT.subject)).toEqual(['wrong-password']);
    const rows = await trial.source.getRepository(SignInRecord).find();
    expect(rows.map(({ outcome }) => outcome).sort()).toEqual(['refused', 'refused', 'wrong-password']);
  });
});
