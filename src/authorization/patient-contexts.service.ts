import { Injectable } from '@nestjs/common';
import type { Patient } from '../patients/patient.entity.js';
import { PatientsService } from '../patients/patients.service.js';
import type { Facts } from '../protocol/interaction/facts.js';
import { PATIENT_CONTEXT_SCOPE } from '../protocol/launch/launch-context.js';
import { launchedPatient } from '../protocol/launch/launch.js';
import { displayName } from '../platform/ehr/ehr-text.js';
import type { Person } from '../sign-in/person.js';
import { DEMOGRAPHICS } from '../users/ehr-permission.query.js';
import { PermissionsService } from '../users/permissions.service.js';
import type { Interaction } from './interaction.entity.js';

/** A patient whose record a request is about. */
export interface KnownPatient {
  /** uuid text. */
  readonly uuid: string;
  /** `patient_data.pid` */
  readonly patientNumber: number;
  readonly displayName: string;
}

type PatientFacts = Pick<Facts, 'patientChosenBy' | 'mayChoosePatient' | 'isLaunched' | 'isLaunchedForOther'> & {
  readonly patient: KnownPatient | null;
};

const NOBODY: PatientFacts = {
  patient: null,
  patientChosenBy: null,
  mayChoosePatient: false,
  isLaunched: false,
  isLaunchedForOther: false,
};

/** Finds out whose record a request is about: patients have their own, staff choose. */
@Injectable()
export class PatientContexts {
  constructor(
    private readonly patients: PatientsService,
    private readonly permissions: PermissionsService,
  ) {}

  /** @param person who is signed in; null when nobody is */
  async gather({ request, chosenBy, chosenPatient }: Interaction, person: Person | null): Promise<PatientFacts> {
    const launched = launchedPatient(request.launch, request.scope);
    if (person === null || (launched === null && !request.scope.includes(PATIENT_CONTEXT_SCOPE))) return NOBODY;
    const isLaunched = launched !== null;
    if (person.role === 'patient') {
      return { ...NOBODY, patient: itself(person), isLaunched, isLaunchedForOther: isLaunched && launched !== person.subject };
    }
    if (!(await this.permissions.isPermitted(person.username, DEMOGRAPHICS))) return { ...NOBODY, isLaunched };
    const isTheirs = chosenBy === person.subject && chosenPatient !== null;
    const wanted = launched ?? (isTheirs ? chosenPatient : null);
    const patient = wanted === null ? null : await this.patients.findByUuid(wanted); // gone since: to be chosen again
    return {
      patient: patient && known(patient),
      patientChosenBy: patient && person.subject,
      mayChoosePatient: true,
      isLaunched,
      isLaunchedForOther: isLaunched && patient === null, // of nobody in this EHR
    };
  }
}

function itself({ subject, patientNumber, displayName: name }: Person): KnownPatient | null {
  return patientNumber === null ? null : { uuid: subject, patientNumber, displayName: name };
}

function known(patient: Patient): KnownPatient | null {
  const { uuid, patientNumber } = patient;
  return uuid === null ? null : { uuid, patientNumber, displayName: displayName(patient, String(patientNumber)) };
}
