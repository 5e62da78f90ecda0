import { FixedClock } from '../../test/support/fixed-clock.js';
import { CLINICIAN, GONE, PATIENT } from '../../test/support/people.js';
import { SIGN_IN_ENTITIES, signInServices } from '../../test/support/sign-in-services.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import type { PeopleService } from './people.service.js';

const GONE_SUBJECT = '9a1b0000-0001-4000-8000-000000000104';
const PENDING_SUBJECT = '9a1b0000-0001-4000-8000-000000000202';

describe('PeopleService', () => {
  let database: TestDatabase;
  let people: PeopleService;
  const run = (sql: string) => database.source.query<unknown>(sql);

  beforeEach(async () => {
    database = await openTestDatabase(SIGN_IN_ENTITIES);
    ({ people } = signInServices(database, database.source, FixedClock.at('2026-03-01T12:00:00Z')));
  });

  afterEach(() => database.close());

  it('finds a member of staff by subject, in any case of letters', async () => {
    const person = {
      role: 'users',
      username: CLINICIAN.username,
      displayName: 'Clara Clinician',
      isActive: true,
      userId: 2,
      patientNumber: null,
    };
    expect(await people.find(CLINICIAN.subject)).toMatchObject({ subject: CLINICIAN.subject, ...person });
    expect(await people.find(CLINICIAN.subject.toUpperCase())).toMatchObject({ subject: CLINICIAN.subject, ...person });
  });

  it('finds a patient by subject', async () => {
    const person = {
      role: 'patient',
      username: PATIENT.username,
      displayName: 'Phil Patient',
      isActive: true,
      userId: null,
      patientNumber: 1,
    };
    expect(await people.find(PATIENT.subject)).toMatchObject({ subject: PATIENT.subject, ...person });
  });

  it('tells who has been locked out of the EHR', async () => {
    expect(await people.find(GONE_SUBJECT)).toMatchObject({ username: GONE.username, isActive: false });
    expect(await people.find(PENDING_SUBJECT)).toMatchObject({ role: 'patient', isActive: false });
    await run("UPDATE patient_data SET allow_patient_portal = 'NO' WHERE pid = 1");
    expect(await people.find(PATIENT.subject)).toMatchObject({ isActive: false });
    await run("UPDATE patient_data SET allow_patient_portal = 'YES' WHERE pid = 1");
    await run('DELETE FROM patient_access_onsite WHERE pid = 1');
    expect(await people.find(PATIENT.subject)).toMatchObject({ username: '', isActive: false });
  });

  it.each(['', 'clinician', '9a1b0000-0001-4000-8000-00000000ffff', '00000000-0000-0000-0000-000000000000', `${CLINICIAN.subject}\0`])(
    'finds nobody for %j',
    async (subject) => {
      expect(await people.find(subject)).toBeNull();
    },
  );

  it('knows every claim, the FHIR resource included', async () => {
    expect((await people.find(CLINICIAN.subject))?.claims).toMatchObject({
      name: 'Clara Clinician',
      fhirUser: `${database.config.fhirUrl}/Practitioner/${CLINICIAN.subject}`,
    });
    expect((await people.find(PATIENT.subject))?.claims).toMatchObject({ birthdate: '1980-02-29', gender: 'male' });
  });
});
