import { TOTP } from 'otpauth';
import { AcceptedCode } from '../../src/mfa/accepted-code.entity.js';
import { logChecksum } from '../../src/platform/ehr/audit-checksum.js';
import { IpAttempt } from '../../src/platform/throttle/ip-attempt.entity.js';
import { LoginFailure } from '../../src/users/login-failure.entity.js';
import { findAccessGroups } from '../../src/users/ehr-roles.query.js';
import { UserSecret } from '../../src/users/user-secret.entity.js';
import { FixedClock } from '../support/fixed-clock.js';
import { CLINICIAN, GONE, PATIENT, PENDING_PATIENT, TOTP_DOCTOR } from '../support/people.js';
import { openRunDatabase, type RunDatabase } from '../support/run-database.js';
import { setGlobals, SIGN_IN_ENTITIES, type SignInServices, signInServices } from '../support/sign-in-services.js';
import { ADDRESS, patient, RIGHT_PATIENT, RIGHT_STAFF, staff } from '../support/sign-in-trial.js';

const DOCTOR = 3;

/** What signing in does to the database: on both kinds, and with two replicas where they could get in each other's way. */
describe('The records of signing in', () => {
  let database: RunDatabase;
  let clock: FixedClock;
  let here: SignInServices;
  let there: SignInServices;
  const run = <Rows = unknown>(sql: string, values: unknown[] = []): Promise<Rows> => database.source.query<Rows>(sql, values);

  beforeEach(async () => {
    database = await openRunDatabase(SIGN_IN_ENTITIES);
    clock = FixedClock.at('2026-03-01T12:00:00Z');
    await run("UPDATE users_secure SET last_update_password = '2026-02-01 09:00:00'");
    here = signInServices(database, database.source, clock);
    there = signInServices(database, await database.replica(), clock);
  });

  afterEach(() => database.close());

  const onBoth = <T>(times: number, work: (services: SignInServices, n: number) => Promise<T>): Promise<T[]> =>
    Promise.all(Array.from({ length: times }, (_, n) => work(n % 2 ? there : here, n)));

  it('let in whom the EHR lets in, and nobody else', async () => {
    const letIn = async (credentials: typeof RIGHT_STAFF): Promise<string | null> =>
      (await here.authentication.authenticate(credentials))?.subject ?? null;
    expect(await letIn(RIGHT_STAFF)).toBe(CLINICIAN.subject);
    expect(await letIn(RIGHT_PATIENT)).toBe(PATIENT.subject);
    expect(await letIn(staff(TOTP_DOCTOR.username, TOTP_DOCTOR.password))).toBe(TOTP_DOCTOR.subject);
    for (const username of ['Clinician', 'CLINICIAN', 'clinician ', 'clinícian'])
      expect(await letIn(staff(username, CLINICIAN.password))).toBeNull();
    expect(await letIn(patient('PHIL@example.org', PATIENT.password, PATIENT.email))).toBeNull();
    expect(await letIn(patient(PATIENT.username, PATIENT.password, 'PHIL@example.org'))).toBeNull();
    expect(await letIn(staff(GONE.username, GONE.password))).toBeNull();
    expect(await letIn(patient(PENDING_PATIENT.username, PENDING_PATIENT.password, PENDING_PATIENT.email))).toBeNull();
  });

  it('tell two people apart whose names differ by case alone', async () => {
    await run("UPDATE users SET username = 'CLINICIAN', active = 1 WHERE id = 4");
    expect(await here.staff.find('clinician')).toMatchObject({ id: 2 });
    expect(await here.staff.find('CLINICIAN')).toMatchObject({ id: 4 });
    expect(await here.staff.find('Clinician')).toBeNull();
  });

  it('know the access groups of exactly one person', async () => {
    const { manager } = database.source;
    expect(await findAccessGroups(manager, 'clinician')).toEqual(['doc']);
    expect(await findAccessGroups(manager, 'admin')).toEqual(['admin']);
    for (const username of ['Clinician', 'portal-user', "x' OR '1'='1", '']) expect(await findAccessGroups(manager, username)).toEqual([]);
    await run('INSERT INTO gacl_groups_aro_map (group_id, aro_id) VALUES (14, 11)');
    expect(await findAccessGroups(manager, 'clinician')).toEqual(['doc', 'front']);
  });

  it('fill in a missing uuid once, however many ask, and register it', async () => {
    for (const empty of ['NULL', "X'00000000000000000000000000000000'"]) {
      await run(`UPDATE users SET uuid = ${empty} WHERE id = 2`);
      const people = await onBoth(6, (services) => services.authentication.authenticate(RIGHT_STAFF));
      const subjects = new Set(people.map((person) => person?.subject));
      expect([...subjects]).toEqual([expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)]);
      const [subject = ''] = subjects;
      const registered = await run(
        'SELECT table_name, table_id, table_vertical, couchdb, document_drive, mapped, created FROM uuid_registry WHERE uuid = ?',
        [Buffer.from(subject?.replaceAll('-', '') ?? '', 'hex')],
      );
      expect(registered).toEqual([
        {
          table_name: 'users',
          table_id: 'id',
          table_vertical: '',
          couchdb: '',
          document_drive: 0,
          mapped: 0,
          created: '2026-03-01 12:00:00',
        },
      ]);
      expect(await here.people.find(subject ?? '')).toMatchObject({ userId: 2 });
    }
    await run('UPDATE patient_data SET uuid = NULL WHERE pid = 1');
    const person = await here.authentication.authenticate(RIGHT_PATIENT);
    expect(person && (await there.people.find(person.subject))).toMatchObject({ patientNumber: 1 });
  });

  it('count what many replicas see fail at once', async () => {
    await onBoth(12, async ({ authentication }) => authentication.authenticate(staff(CLINICIAN.username, 'wrong')));
    await onBoth(4, async ({ authentication }) => authentication.authenticate(patient(PATIENT.username, 'wrong', PATIENT.email)));
    const repository = database.source;
    expect(await repository.getRepository(UserSecret).findOneBy({ userId: 2 })).toMatchObject({
      failures: 12,
      totalFailures: 12,
      lastFailureAt: '2026-03-01 12:00:00',
    });
    expect(await repository.getRepository(IpAttempt).find()).toMatchObject([{ address: ADDRESS, failures: 16, totalFailures: 16 }]);
    expect(await repository.getRepository(LoginFailure).find()).toMatchObject([{ failures: 4, lastFailureAt: clock.now() }]);
  });

  it('lock out on one replica what failed on another, until the time is over', async () => {
    await setGlobals(database.source, clock, { password_max_failed_logins: '2', time_reset_password_max_failed_logins: '600' });
    for (let n = 0; n < 2; n += 1) await here.authentication.authenticate(staff(CLINICIAN.username, 'wrong'));
    expect(await there.authentication.authenticate(RIGHT_STAFF)).toBeNull();
    clock.advance(601);
    expect(await there.authentication.authenticate(RIGHT_STAFF)).not.toBeNull();
    expect(await database.source.getRepository(UserSecret).findOneBy({ userId: 2 })).toMatchObject({
      failures: 0,
      totalFailures: 3,
      lastFailureAt: null,
    });
  });

  it('let a success stand where there is nothing to clear', async () => {
    for (let n = 0; n < 2; n += 1) expect(await here.authentication.authenticate(RIGHT_STAFF)).not.toBeNull();
  });

  it('take a one-time code on one replica alone', async () => {
    const code = TOTP.generate({ secret: new TOTP({ secret: TOTP_DOCTOR.totpSecret }).secret, timestamp: clock.now().getTime() });
    const holder = { subject: TOTP_DOCTOR.subject, userId: DOCTOR };
    const verdicts = await onBoth(16, async ({ mfa }) => (await mfa.verify(holder, code)).verdict);
    expect(verdicts.filter((verdict) => verdict === 'accepted')).toHaveLength(1);
    expect(verdicts.filter((verdict) => verdict === 'used')).toHaveLength(15);
    clock.advance(30);
    expect((await here.mfa.verify(holder, code)).verdict).toBe('used');
  });

  it('take every one of several steps once, whatever the order they come in', async () => {
    const accepted = await onBoth(24, ({ accepted: codes }, n) => codes.accept(DOCTOR, 1000 + (n % 3)));
    const winners = accepted.flatMap((won, n) => (won ? [1000 + (n % 3)] : []));
    expect(new Set(winners).size).toBe(winners.length);
    expect(winners).toContain(1002);
    expect(await database.source.getRepository(AcceptedCode).find()).toEqual([{ userId: DOCTOR, lastStep: 1002 }]);
  });

  it('leave an audit line that the EHR finds unaltered', async () => {
    await onBoth(6, ({ audit }, n) =>
      audit.record({ event: 'staff sign-in', success: false, address: ADDRESS, reason: 'user not found', username: `jörg 😀 ${n}` }),
    );
    const rows = await run<Array<Record<string, string | number | null>>>(
      'SELECT l.*, c.encrypt, c.checksum AS sum, c.checksum_api, c.version FROM log l JOIN log_comment_encrypt c ON c.log_id = l.id',
    );
    expect(rows).toHaveLength(6);
    for (const row of rows) {
      const of = (name: string): string | number | null => row[name] ?? null;
      const sum = logChecksum({
        ...{ date: of('date'), event: of('event'), category: of('category'), user: of('user'), groupName: of('groupname') },
        ...{ comments: of('comments'), userNotes: of('user_notes'), patientId: of('patient_id'), success: of('success') },
        ...{ crtUser: of('crt_user'), logFrom: of('log_from'), menuItemId: of('menu_item_id'), ccdaDocId: of('ccda_doc_id') },
      });
      expect(row).toMatchObject({ sum, encrypt: 'No', checksum_api: '', version: 4, date: '2026-03-01 12:00:00' });
    }
  });
});
