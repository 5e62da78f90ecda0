import { displayName } from '../platform/ehr/ehr-text.js';
import type { Patient } from './patient.entity.js';

/** A patient with what tells two of the same name apart. */
export interface PatientRow {
  /** `patient_data.pid`, which forms post. */
  patientNumber: number;
  name: string;
  /** `YYYY-MM-DD`; null when the EHR has none. */
  birthDate: string | null;
  recordNumber: string;
  /** In the EHR's words; may be empty. */
  sex: string;
}

/** A patient as pages show them. */
export function patientRow(patient: Patient): PatientRow {
  const { patientNumber, birthDate, recordNumber, sex } = patient;
  return {
    patientNumber,
    name: displayName(patient, String(patientNumber)),
    birthDate: isDay(birthDate) ? birthDate.slice(0, 10) : null,
    recordNumber: recordNumber.trim() === '' ? String(patientNumber) : recordNumber,
    sex: sex.trim(),
  };
}

/** MySQL keeps days that there are not, such as `0000-00-00`. */
function isDay(date: string | null): date is string {
  return date !== null && /^(?!0000)\d{4}-\d{2}-\d{2}/.test(date) && !Number.isNaN(Date.parse(`${date.slice(0, 10)}T00:00:00Z`));
}
