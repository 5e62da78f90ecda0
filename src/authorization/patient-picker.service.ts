import { Injectable } from '@nestjs/common';
import { type PatientQuestion } from '../patients/patient-question.js';
import { PatientChoices } from '../patients/patient-choices.service.js';
import { type FoundPatients, PatientSearch } from '../patients/patient-search.service.js';
import type { Patient } from '../patients/patient.entity.js';
import { PatientsService } from '../patients/patients.service.js';
import type { AuditEntry } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Person } from '../sign-in/person.js';
import { InteractionsService } from './interactions.service.js';

/** Who looks for a patient, for which client, from where. */
export interface Picking {
  readonly person: Person;
  readonly clientId: string;
  readonly address: string;
  /** Id of the request that waits. */
  readonly interaction: string;
}

/** Lets a member of staff find and choose a patient. Each search and each choice is in the audit log of the EHR, and in no other. */
@Injectable()
export class PatientPicker {
  constructor(
    private readonly patients: PatientsService,
    private readonly searches: PatientSearch,
    private readonly choices: PatientChoices,
    private readonly interactions: InteractionsService,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** Whom the person chose before, the latest first. */
  recent({ person }: Picking): Promise<readonly Patient[]> {
    return this.choices.recent(person.subject);
  }

  /** @param text of the search, for the audit log */
  async search(question: PatientQuestion, text: string, picking: Picking): Promise<FoundPatients> {
    const found = await this.searches.find(question);
    const { length } = found.patients;
    const reason = `client ${picking.clientId}, ${found.hasMore ? `more than ${length}` : length} found`;
    await this.record(picking, { event: 'patient search', success: true, reason, confidential: JSON.stringify(text) });
    return found;
  }

  /**
   * Records the choice with the waiting request, and gives the patient a uuid if there is none.
   * @param sent number of the patient (`pid`) as the form has it, or anything else
   * @returns whether there is such a patient
   */
  async choose(sent: string, picking: Picking): Promise<boolean> {
    const patient = /^[1-9]\d{0,14}$/.test(sent) ? await this.patients.findByNumber(Number(sent)) : null;
    const reason = `client ${picking.clientId}`;
    if (patient === null) {
      await this.record(picking, { event: 'patient choice', success: false, reason: `${reason}, no such patient` });
      return false;
    }
    const { patientNumber } = patient;
    const uuid = patient.uuid ?? (await this.transactions.run((tx) => this.patients.fillUuid(tx, patientNumber)));
    const { subject } = picking.person;
    if (!(await this.interactions.recordPatient(picking.interaction, { subject, patient: uuid }))) return true; // answered meanwhile
    await this.choices.remember(subject, patientNumber);
    await this.record(picking, { event: 'patient choice', success: true, reason, patientNumber });
    return true;
  }

  private record({ person, address }: Picking, entry: Omit<AuditEntry, 'address'>): Promise<void> {
    return this.audit.record({ address, username: person.username, userId: person.userId, ...entry });
  }
}
