import { FixedClock } from '../../test/support/fixed-clock.js';
import { openTestDatabase, type TestDatabase } from '../../test/support/test-database.js';
import { PatientChoice } from './patient-choice.entity.js';
import { PatientChoices, REMEMBERED_CHOICES } from './patient-choices.service.js';
import { Patient } from './patient.entity.js';

const ANN = '11111111-1111-4111-8111-111111111111';
const BOB = '22222222-2222-4222-8222-222222222222';

describe('PatientChoices', () => {
  let database: TestDatabase;
  let clock: FixedClock;
  let choices: PatientChoices;
  const numbers = async (subject: string): Promise<number[]> => (await choices.recent(subject)).map(({ patientNumber }) => patientNumber);

  beforeAll(async () => {
    database = await openTestDatabase([Patient, PatientChoice]);
    clock = FixedClock.at('2026-01-01T12:00:00Z');
    choices = new PatientChoices(database.source.getRepository(PatientChoice), database.source.getRepository(Patient), clock);
  });
  afterAll(() => database.close());

  const choose = async (subject: string, patientNumber: number): Promise<void> => {
    clock.advance(1);
    await choices.remember(subject, patientNumber);
  };

  it('offers the latest first, each once, to who chose', async () => {
    for (const number of [1, 2, 1]) await choose(ANN, number);
    await choose(BOB, 2);
    expect([await numbers(ANN), await numbers(BOB), await numbers('nobody')]).toEqual([[1, 2], [2], []]);
  });

  it('leaves out who is on record no more, and forgets the oldest', async () => {
    for (let number = 100; number < 100 + REMEMBERED_CHOICES; number += 1) await choose(ANN, number);
    expect(await numbers(ANN)).toEqual([]); // none of them is a patient, and those from before are forgotten
    expect(await database.source.getRepository(PatientChoice).countBy({ subject: ANN })).toBe(REMEMBERED_CHOICES);
    expect(await numbers(BOB)).toEqual([2]);
  });
});
