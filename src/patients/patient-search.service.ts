import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Brackets, Repository } from 'typeorm';
import { EmbeddedDataSource } from '../platform/database/embedded/embedded-data-source.js';
import { fitsNames } from './fits-names.js';
import type { NumberTerm, PatientQuestion } from './patient-question.js';
import { Patient } from './patient.entity.js';

/** Patients that one search shows. */
export const MOST_PATIENTS = 50;

/** Rows of the embedded database that are compared in code: it knows neither accents nor the letters of other scripts. */
const MOST_CANDIDATES = 5000;

/** What a search found. */
export interface FoundPatients {
  /** By name; at most `MOST_PATIENTS`. */
  readonly patients: readonly Patient[];
  /** Whether there are more than are shown. */
  readonly hasMore: boolean;
}

/** The mark before what would be a wildcard; a backslash means something else to each database. */
const ESCAPED = "ESCAPE '!'";
const COLLATOR = new Intl.Collator('en', { sensitivity: 'base' });
const PHONES = ['phone', 'homePhone', 'workPhone', 'mobilePhone'] as const;

/** Finds patients by what people know of them. Everything typed is a parameter, and stands for itself. */
@Injectable()
export class PatientSearch {
  constructor(@InjectRepository(Patient) private readonly patients: Repository<Patient>) {}

  /**
   * Names alone are looked up by the EHR's index on last and first name; only when no name begins so, middle names and the later words of
   * a name are looked through.
   */
  async find(question: PatientQuestion): Promise<FoundPatients> {
    if (this.patients.manager.dataSource instanceof EmbeddedDataSource) return this.findEmbedded(question);
    const isNamesOnly = question.numbers.length === 0 && question.birthDates.length === 0;
    const found = isNamesOnly ? await this.run(question, isFirstOrLast, MOST_PATIENTS + 1) : [];
    return shown(found.length > 0 ? found : await this.run(question, isAnywhere, MOST_PATIENTS + 1));
  }

  private async findEmbedded(question: PatientQuestion): Promise<FoundPatients> {
    const found = await this.run({ ...question, names: [] }, isAnywhere, MOST_CANDIDATES);
    return shown(found.filter((patient) => fitsNames(patient, question.names)).sort(byName));
  }

  private run({ names, numbers, birthDates }: PatientQuestion, nameIs: NameCondition, most: number): Promise<Patient[]> {
    const query = this.patients.createQueryBuilder('patient').where('1 = 1');
    if (birthDates.length > 0) query.andWhere('patient.birthDate IN (:...birthDates)', { birthDates });
    for (const [index, term] of numbers.entries()) query.andWhere(numberIs(term, `number${index}`));
    for (const [index, name] of names.entries()) query.andWhere(nameIs(name, `name${index}`));
    query.orderBy('patient.lastName').addOrderBy('patient.firstName').addOrderBy('patient.patientNumber');
    return query.limit(most).getMany();
  }
}

/** A condition on one word; `key` names its parameter. */
type NameCondition = (name: string, key: string) => Brackets;

const isFirstOrLast: NameCondition = (name, key) =>
  new Brackets((either) => {
    for (const column of ['firstName', 'lastName']) either.orWhere(isLike(column, key), { [key]: beginsWith(name) });
  });

const isAnywhere: NameCondition = (name, key) =>
  new Brackets((either) => {
    const patterns = ['', '% ', '%-'].map((before) => `${before}${beginsWith(name)}`);
    for (const [index, pattern] of patterns.entries()) {
      const own = `${key}_${index}`;
      for (const column of ['firstName', 'middleName', 'lastName']) either.orWhere(isLike(column, own), { [own]: pattern });
    }
  });

function numberIs({ text, digits, mayBePhone }: NumberTerm, key: string): Brackets {
  return new Brackets((either) => {
    const isPlain = /^\d+$/.test(text); // of others the beginning is enough: 1 is not 10, but MRN-1 may go on
    either.orWhere(isLike('recordNumber', `${key}_text`), { [`${key}_text`]: isPlain ? text : beginsWith(text) });
    if (/^\d{1,15}$/.test(text)) either.orWhere(`patient.patientNumber = :${key}`, { [key]: Number(text) });
    if (!mayBePhone) return;
    const values = { [`${key}_digits`]: `%${digits}%` };
    for (const phone of PHONES) either.orWhere(`${digitsOnly(`patient.${phone}`)} LIKE :${key}_digits`, values);
  });
}

function isLike(column: string, key: string): string {
  return `patient.${column} LIKE :${key} ${ESCAPED}`;
}

function beginsWith(typed: string): string {
  return `${typed.replaceAll(/[!%_]/g, '!$&')}%`;
}

/** People write the digits of a phone number in groups of any kind. */
function digitsOnly(column: string): string {
  return [' ', '-', '(', ')', '.', '/', '+'].reduce((sql, mark) => `REPLACE(${sql}, '${mark}', '')`, column);
}

/** As MySQL orders names: without regard to case and accents. */
function byName(one: Patient, other: Patient): number {
  return COLLATOR.compare(one.lastName, other.lastName) || COLLATOR.compare(one.firstName, other.firstName);
}

function shown(found: readonly Patient[]): FoundPatients {
  return { patients: found.slice(0, MOST_PATIENTS), hasMore: found.length > MOST_PATIENTS };
}
