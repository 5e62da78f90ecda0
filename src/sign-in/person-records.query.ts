import type { DataSource } from 'typeorm';
import { EntityColumns, madeOnce } from '../platform/database/entity-columns.js';
import { readRows } from '../platform/database/prepared.js';
import { isUuidText } from '../platform/ehr/stored-uuid.js';
import { Patient } from '../patients/patient.entity.js';
import { PortalAccount } from '../users/portal-account.entity.js';
import { User } from '../users/user.entity.js';

/** What the EHR keeps of one person: a member of staff, or a patient with or without access to the portal. */
export interface PersonRecords {
  readonly user: User | null;
  readonly patient: Patient | null;
  readonly account: PortalAccount | null;
}

/** The columns of a person in a statement which names the tables `u` (users), `p` (patient_data) and `a` (patient_access_onsite). */
export class PersonColumns {
  /** For the SELECT. */
  readonly list: string;
  private readonly user: EntityColumns<User>;
  private readonly patient: EntityColumns<Patient>;
  private readonly account: EntityColumns<PortalAccount>;

  constructor(source: DataSource) {
    this.user = new EntityColumns(source, User, 'u');
    this.patient = new EntityColumns(source, Patient, 'p');
    this.account = new EntityColumns(source, PortalAccount, 'a');
    this.list = [this.user, this.patient, this.account].map(({ list }) => list).join(', ');
  }

  read(row: Readonly<Record<string, unknown>>): PersonRecords {
    return { user: this.user.read(row), patient: this.patient.read(row), account: this.account.read(row) };
  }
}

/** What `UNHEX(?)` takes for a uuid; null for a text that is none, which finds nothing. */
export function uuidHex(subject: string): string | null {
  return isUuidText(subject) ? subject.replaceAll('-', '') : null;
}

/** One round trip, each table by its index. */
const question = madeOnce((source) => {
  const columns = new PersonColumns(source);
  const sql = `
  SELECT ${columns.list}
  FROM (SELECT 1) one
  LEFT JOIN users u ON u.uuid = UNHEX(?)
  LEFT JOIN patient_data p ON p.uuid = UNHEX(?)
  LEFT JOIN patient_access_onsite a ON a.pid = p.pid`;
  return { columns, sql };
});

/** @param subject `sub` of a token, or any text */
export async function findPersonRecords(source: DataSource, subject: string): Promise<PersonRecords> {
  const { columns, sql } = question(source);
  const hex = uuidHex(subject);
  const [row = {}] = await readRows<Record<string, unknown>>(source, sql, [hex, hex]);
  return columns.read(row);
}
