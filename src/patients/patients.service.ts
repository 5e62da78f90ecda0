import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { Transaction } from '../platform/database/transactions.js';
import { isUuidText } from '../platform/ehr/stored-uuid.js';
import { UuidRegistry } from '../platform/ehr/uuid-registry.js';
import { Patient } from './patient.entity.js';

/** The EHR's patients. */
@Injectable()
export class PatientsService {
  constructor(
    @InjectRepository(Patient) private readonly patients: Repository<Patient>,
    private readonly uuids: UuidRegistry,
  ) {}

  /** @param patientNumber `patient_data.pid` */
  async findByNumber(patientNumber: number): Promise<Patient | null> {
    return this.patients.findOneBy({ patientNumber });
  }

  /** @param uuid text of any origin */
  async findByUuid(uuid: string): Promise<Patient | null> {
    return isUuidText(uuid) ? this.patients.findOneBy({ uuid }) : null;
  }

  /** Gives the patient a uuid. @returns the one that is there now */
  fillUuid(tx: Transaction, patientNumber: number): Promise<string> {
    return this.uuids.assign(tx, Patient, { patientNumber });
  }
}
