import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MfaService } from '../mfa/mfa.service.js';
import { PatientsService } from '../patients/patients.service.js';
import type { AuditEvent } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person, Role } from '../sign-in/person.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import { COMMAND_LINE } from './audit-by-operator.js';

/** Characters of a reason that are kept. */
const LONGEST_REASON = 500;

/**
 * Lets somebody try again who failed too often. Addresses stay blocked: the EHR has a page for them.
 * @returns whether there is such a person
 */
export async function unlockUser(app: NestFastifyApplication, username: string, role: Role): Promise<boolean> {
  const person = await findPerson(app, username, role);
  if (person === null) return false;
  const { userId } = person;
  await (userId === null ? app.get(PortalAccountsService).unlock(username) : app.get(StaffService).unlock(userId));
  await record(app, person, 'account unlock', 'failed sign-ins forgotten');
  return true;
}

/**
 * Takes away every second factor of somebody, in the EHR and here.
 * @param reason for the audit log
 * @returns whether there was one; null when there is no such person
 */
export async function resetSecondFactors(
  app: NestFastifyApplication,
  username: string,
  role: Role,
  reason: string,
): Promise<boolean | null> {
  const person = await findPerson(app, username, role);
  if (person === null) return null;
  const had = await app.get(Transactions).run((tx) => app.get(MfaService).reset(tx, person));
  await record(app, person, 'second factor change', `every second factor removed by an administrator: ${reason.slice(0, LONGEST_REASON)}`);
  return had;
}

async function findPerson(app: NestFastifyApplication, username: string, role: Role): Promise<Person | null> {
  const people = app.get(PeopleService);
  if (role === 'users') {
    const user = await app.get(StaffService).find(username);
    return user && people.ofStaff(user);
  }
  const account = await app.get(PortalAccountsService).find(username);
  const patient = account?.patientNumber ? await app.get(PatientsService).findByNumber(account.patientNumber) : null;
  return patient && people.ofPatient(patient, account);
}

function record(app: NestFastifyApplication, { username, patientNumber }: Person, event: AuditEvent, reason: string): Promise<void> {
  return app.get(AuditService).record({ event, success: true, address: COMMAND_LINE, reason, username, patientNumber });
}
