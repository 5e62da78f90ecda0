import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { MfaService } from '../mfa/mfa.service.js';
import { PatientsService } from '../patients/patients.service.js';
import type { AuditEvent } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { type AddressRefusal, AddressAttempts } from '../platform/throttle/address-attempts.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { SignInHistory } from '../sessions/sign-in-history.service.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person, Role } from '../sign-in/person.js';
import { TokenRecords } from '../tokens/token-records.service.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import { COMMAND_LINE } from './audit-by-operator.js';

/** Characters of a reason that are kept. */
const LONGEST_REASON = 500;

/** Attempts of a person whose addresses are looked at. */
const LOOKED_AT = 50;

/** An address that is refused whoever calls from it. */
export interface BlockedAddress {
  readonly address: string;
  readonly reason: AddressRefusal;
}

/** What became of somebody's second factors and sessions. */
export interface SecondFactorsReset {
  readonly hadSecondFactor: boolean;
  /** How many sessions ended. */
  readonly sessions: number;
}

/**
 * Lets somebody try again who failed too often. Addresses stay blocked: the EHR has a page for them.
 * @returns the blocked ones of those from which this person lately tried; null when there is no such person
 */
export async function unlockUser(app: NestFastifyApplication, username: string, role: Role): Promise<BlockedAddress[] | null> {
  const person = await findPerson(app, username, role);
  if (person === null) return null;
  const { userId } = person;
  await (userId === null ? app.get(PortalAccountsService).unlock(username) : app.get(StaffService).unlock(userId));
  await record(app, person, 'account unlock', 'failed sign-ins forgotten');
  return findBlockedAddresses(app, person);
}

/**
 * Takes away every second factor of somebody, in the EHR and here, and signs them out everywhere: whoever holds the lost phone is out. Tokens
 * that were granted in those sessions end with them.
 * @param reason for the audit log
 * @returns null when there is no such person
 */
export async function resetSecondFactors(
  app: NestFastifyApplication,
  username: string,
  role: Role,
  reason: string,
): Promise<SecondFactorsReset | null> {
  const person = await findPerson(app, username, role);
  if (person === null) return null;
  const [mfa, sessions, tokens] = [app.get(MfaService), app.get(SessionsService), app.get(TokenRecords)];
  const reset = await app.get(Transactions).run(async (tx) => {
    const hadSecondFactor = await mfa.reset(tx, person);
    const ended = await sessions.endAll(tx, person.subject);
    for (const sid of ended) await tokens.endGrantsOfSession(tx, sid);
    return { hadSecondFactor, sessions: ended.length };
  });
  const what = `every second factor removed by an administrator, sessions ended: ${reset.sessions}`;
  await record(app, person, 'second factor change', `${what}: ${reason.slice(0, LONGEST_REASON)}`);
  return reset;
}

async function findBlockedAddresses(app: NestFastifyApplication, { subject }: Person): Promise<BlockedAddress[]> {
  const attempts = await app.get(SignInHistory).latest(subject, LOOKED_AT);
  const blocked: BlockedAddress[] = [];
  for (const address of new Set(attempts.map((attempt) => attempt.address))) {
    const reason = address === null ? null : await app.get(AddressAttempts).findRefusal(address);
    if (address !== null && reason !== null) blocked.push({ address, reason });
  }
  return blocked;
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
