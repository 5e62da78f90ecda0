import type { DataSource } from 'typeorm';
import { ADDRESS, openSignInTrial, patient, RIGHT_STAFF, type SignInTrial, staff } from '../../test/support/sign-in-trial.js';
import { CLINICIAN, PATIENT } from '../../test/support/people.js';
import { setGlobals } from '../../test/support/sign-in-services.js';
import { Session } from '../sessions/session.entity.js';
import type { Person, SignedInPerson } from './person.js';

const NEXT = 'Another#Demo2';

describe('PasswordChange', () => {
  let trial: SignInTrial;
  let source: DataSource;

  beforeEach(async () => {
    trial = await openSignInTrial();
    source = trial.source;
    await trial.run("UPDATE users_secure SET last_update_password = '2026-02-01 09:00:00'");
    await setGlobals(source, trial.clock, { gbl_auth_bcrypt_hash_cost: '4' }); // cheap hashes
  });
  afterEach(() => trial.close());

  const personOf = async (subject: string): Promise<Person> => {
    const person = await trial.services.people.find(subject);
    if (person === null) throw new Error('no such person');
    return person;
  };
  const sessionOf = async ({ subject, role, username }: Person, sid: string): Promise<Session> => {
    const now = trial.clock.now();
    const at = { authTime: now, createdAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) };
    return source
      .getRepository(Session)
      .save({ id: sid, sid, subject, role, username, amr: ['pwd'], userAgent: null, address: null, ...at });
  };
  const signedIn = async (subject: string): Promise<SignedInPerson> => {
    const person = await personOf(subject);
    return { person, session: await sessionOf(person, 'here') };
  };
  const change = (who: SignedInPerson, current: string, next: string): Promise<readonly string[]> =>
    trial.services.passwordChange.change(who, { current, next }, ADDRESS);
  const letsIn = async (credentials: typeof RIGHT_STAFF): Promise<boolean> =>
    (await trial.services.authentication.authenticate(credentials)) !== null;

  it('writes what the EHR writes for staff, and ends the other sessions', async () => {
    const ann = await signedIn(CLINICIAN.subject);
    await sessionOf(ann.person, 'elsewhere');
    const [before] = await source.query<[{ password: string }]>('SELECT password FROM users_secure WHERE id = 2');
    await trial.run("UPDATE users_secure SET password_history1 = 'h1', password_history2 = 'h2', login_fail_counter = 3 WHERE id = 2");
    expect(await change(ann, CLINICIAN.password, NEXT)).toEqual([]);
    const [row] = await source.query<Array<Record<string, unknown>>>('SELECT * FROM users_secure WHERE id = 2');
    expect(row).toMatchObject({
      ...{ password: expect.stringMatching(/^\$2y\$04\$.{53}$/) as string, last_update_password: '2026-03-01 12:00:06' },
      ...{ password_history1: before.password, password_history2: 'h1', password_history3: 'h2', password_history4: null },
      ...{ login_fail_counter: 0, last_login_fail: null, auto_block_emailed: 0 },
    });
    expect((await source.getRepository(Session).find()).map(({ sid }) => sid)).toEqual(['here']);
    expect(await letsIn(RIGHT_STAFF)).toBe(false);
    expect(await letsIn(staff(CLINICIAN.username, NEXT))).toBe(true);
    expect((await trial.audited())[0]).toBe(
      `oauth2 clinician [Default] 1: OAuth2 password change success: ${ADDRESS}. password changed; other sessions ended: 1`,
    );
  });

  it('changes the portal password of a patient', async () => {
    const phil = await signedIn(PATIENT.subject);
    expect(await change(phil, PATIENT.password, PATIENT.password)).toEqual(['used-before']);
    expect(await change(phil, PATIENT.password, NEXT)).toEqual([]);
    expect(await letsIn(patient(PATIENT.username, NEXT, PATIENT.email))).toBe(true);
    expect(await source.query('SELECT portal_pwd_status FROM patient_access_onsite WHERE pid = 1')).toEqual([{ portal_pwd_status: 1 }]);
  });

  it('takes none of the latest five passwords, as many as the EHR remembers', async () => {
    const ann = await signedIn(CLINICIAN.subject);
    const passwords = [1, 2, 3, 4, 5].map((n) => `Number#Demo${n}`);
    let current: string = CLINICIAN.password;
    for (const next of passwords) {
      expect(await change(ann, current, next)).toEqual([]);
      current = next;
    }
    for (const former of passwords) expect(await change(ann, current, former)).toEqual(['used-before']);
    expect(await change(ann, current, CLINICIAN.password)).toEqual([]); // six ago
    await setGlobals(source, trial.clock, { password_history: '0' });
    expect(await change(ann, CLINICIAN.password, CLINICIAN.password)).toEqual([]);
  });

  it('counts a wrong present password towards the lock-out of signing in', async () => {
    await setGlobals(source, trial.clock, { password_max_failed_logins: '2' });
    const ann = await signedIn(CLINICIAN.subject);
    expect(await change(ann, 'wrong', NEXT)).toEqual(['wrong-current']);
    expect(await change(ann, 'wrong', NEXT)).toEqual(['wrong-current']);
    expect(await change(ann, CLINICIAN.password, NEXT)).toEqual(['locked']);
    expect(await letsIn(RIGHT_STAFF)).toBe(false);
    expect(await source.query('SELECT ip_login_fail_counter FROM ip_tracking')).toEqual([{ ip_login_fail_counter: 4 }]);
  });

  it('refuses before any hash what the rules refuse', async () => {
    const ann = await signedIn(CLINICIAN.subject);
    const { work } = trial.hashes;
    expect(await change(ann, CLINICIAN.password, 'short')).toEqual(['too-short', 'too-simple']);
    expect(trial.hashes.work).toBe(work);
  });

  it('leaves the password of somebody alone whose directory keeps it', async () => {
    await setGlobals(source, trial.clock, { gbl_ldap_enabled: '1' });
    const ann = await signedIn(CLINICIAN.subject);
    expect(await trial.services.passwordChange.isElsewhere(ann.person)).toBe(true);
    expect(await change(ann, CLINICIAN.password, NEXT)).toEqual(['directory']);
    expect(await trial.services.passwordChange.isElsewhere(await personOf(PATIENT.subject))).toBe(false);
  });

  it('does not let one of two changes at once undo the other', async () => {
    const ann = await signedIn(CLINICIAN.subject);
    const outcomes = await Promise.all([change(ann, CLINICIAN.password, NEXT), change(ann, CLINICIAN.password, 'Third#Demo3')]);
    expect(outcomes.filter((refusals) => refusals.length === 0)).toHaveLength(1);
  });

  it('is due for who came in with an expired password, until it is changed', async () => {
    await trial.run("UPDATE users_secure SET last_update_password = '2025-01-01 09:00:00' WHERE id = 2");
    const ann = await signedIn(CLINICIAN.subject);
    const { passwordChange, authentication } = trial.services;
    expect(await authentication.authenticate(RIGHT_STAFF)).toBeNull();
    expect(await authentication.authenticate({ ...RIGHT_STAFF, mayBeExpired: true })).toMatchObject({ username: 'clinician' });
    expect(await passwordChange.isDue(ann.person, ann.session)).toBe(true);
    expect(await passwordChange.isDue(ann.person, { authTime: new Date('2025-03-01T00:00:00Z') })).toBe(false); // it was good then
    expect(await change(ann, CLINICIAN.password, NEXT)).toEqual([]);
    expect(await passwordChange.isDue(ann.person, ann.session)).toBe(false);
  });

  it('knows the last day of grace', async () => {
    const { passwordChange } = trial.services;
    const ann = await personOf(CLINICIAN.subject);
    expect(await passwordChange.lastDayOfGrace(ann, trial.clock.now())).toBeNull();
    expect(await passwordChange.lastDayOfGrace(ann, new Date('2026-08-10T00:00:00Z'))).toBe('2026-08-30');
    expect(await passwordChange.lastDayOfGrace(await personOf(PATIENT.subject), trial.clock.now())).toBeNull();
  });
});
