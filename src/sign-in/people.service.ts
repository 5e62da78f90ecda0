import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { displayName } from '../platform/ehr/ehr-text.js';
import type { Patient } from '../patients/patient.entity.js';
import { PatientsService } from '../patients/patients.service.js';
import type { PortalAccount } from '../users/portal-account.entity.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import type { User } from '../users/user.entity.js';
import { patientClaims, staffClaims } from './person-claims.js';
import { findPersonRecords, type PersonRecords } from './person-records.query.js';
import type { Person } from './person.js';

/** Members of staff and patients alike, as the subjects of tokens. */
@Injectable()
export class PeopleService {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly staff: StaffService,
    private readonly portalAccounts: PortalAccountsService,
    private readonly patients: PatientsService,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  /** @param subject `sub` of a token, or any text */
  async find(subject: string): Promise<Person | null> {
    return this.ofRecords(await findPersonRecords(this.source, subject));
  }

  /** The person that records are of; null where there are none. */
  async ofRecords({ user, patient, account }: PersonRecords): Promise<Person | null> {
    if (user) return this.ofStaff(user);
    return patient && this.ofPatient(patient, account);
  }

  /** The person behind a user row, which is given a uuid if it has none: never call it inside a transaction. */
  async ofStaff(user: User): Promise<Person> {
    const subject = user.uuid ?? (await this.transactions.run((tx) => this.staff.fillUuid(tx, user.id)));
    const username = user.username ?? '';
    return {
      subject,
      role: 'users',
      username,
      displayName: displayName(user, username),
      isActive: user.isActive,
      userId: user.id,
      patientNumber: null,
      claims: staffClaims(user, subject, this.config.fhirUrl),
    };
  }

  /**
   * The person behind a patient's record, which is given a uuid if it has none: never call it inside a transaction.
   * @param account null for a patient without access to the portal
   */
  async ofPatient(patient: Patient, account: PortalAccount | null): Promise<Person> {
    const subject = patient.uuid ?? (await this.transactions.run((tx) => this.patients.fillUuid(tx, patient.patientNumber)));
    const username = account?.loginName ?? '';
    return {
      subject,
      role: 'patient',
      username,
      displayName: displayName(patient, username),
      isActive: patient.allowPortal === 'YES' && account !== null && this.portalAccounts.isUsable(account),
      userId: null,
      patientNumber: patient.patientNumber,
      claims: patientClaims(patient, subject, this.config.fhirUrl),
    };
  }
}
