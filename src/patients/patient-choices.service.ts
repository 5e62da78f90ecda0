import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { PatientChoice } from './patient-choice.entity.js';
import { Patient } from './patient.entity.js';

/** Choices that are remembered for each person. */
export const REMEMBERED_CHOICES = 10;

/** Whom a member of staff chose before: most people go on with the patient whom they had last. */
@Injectable()
export class PatientChoices {
  constructor(
    @InjectRepository(PatientChoice) private readonly choices: Repository<PatientChoice>,
    @InjectRepository(Patient) private readonly patients: Repository<Patient>,
    private readonly clock: Clock,
  ) {}

  /** @returns patients who are still on record, the latest choice first; at most `REMEMBERED_CHOICES` */
  async recent(subject: string): Promise<Patient[]> {
    const numbers = (await this.newestFirst(subject)).slice(0, REMEMBERED_CHOICES).map(({ patientNumber }) => patientNumber);
    if (numbers.length === 0) return [];
    const found = await this.patients.findBy({ patientNumber: In(numbers) });
    return numbers.flatMap((number) => found.find(({ patientNumber }) => patientNumber === number) ?? []);
  }

  /** Remembers a choice, and forgets the oldest ones. */
  async remember(subject: string, patientNumber: number): Promise<void> {
    await this.choices.upsert({ subject, patientNumber, chosenAt: this.clock.now() }, ['subject', 'patientNumber']);
    const forgotten = (await this.newestFirst(subject)).slice(REMEMBERED_CHOICES);
    if (forgotten.length > 0) await this.choices.delete({ subject, patientNumber: In(forgotten.map((choice) => choice.patientNumber)) });
  }

  private newestFirst(subject: string): Promise<PatientChoice[]> {
    return this.choices.find({ where: { subject }, order: { chosenAt: 'DESC', patientNumber: 'ASC' } });
  }
}
