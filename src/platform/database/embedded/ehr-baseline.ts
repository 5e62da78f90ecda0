import { ACCESS_CONTROL_TABLES } from './ehr-tables.access-control.js';
import { OAUTH_TABLES } from './ehr-tables.oauth.js';
import { PATIENT_TABLES } from './ehr-tables.patients.js';
import { PEOPLE_TABLES } from './ehr-tables.people.js';
import { RECORD_TABLES } from './ehr-tables.records.js';

/**
 * The EHR's tables as SQLite statements, one statement each, to be executed in this order in an empty embedded database.
 *
 * Names, nullability, defaults and keys are those of the EHR. What SQLite lacks is left out: lengths, a time stamp that renews itself
 * on update, and comparison without regard to case. Numbers and flags are INTEGER; dates and times are TEXT ('YYYY-MM-DD HH:MM:SS',
 * 'YYYY-MM-DD' for a day), a default of "now" being UTC; uuids are BLOBs of 16 bytes. An index carries its table's name in front,
 * because SQLite keeps one list of names for the whole database.
 */
export const EHR_BASELINE: readonly string[] = [
  ...PEOPLE_TABLES,
  ...PATIENT_TABLES,
  ...OAUTH_TABLES,
  ...RECORD_TABLES,
  ...ACCESS_CONTROL_TABLES,
];
