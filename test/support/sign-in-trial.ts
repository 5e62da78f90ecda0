import type { DataSource } from 'typeorm';
import { EhrPasswordHasher } from '../../src/platform/ambient/password-hasher.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { LogEntry } from '../../src/platform/audit/log-entry.entity.js';
import type { Credentials } from '../../src/sign-in/authentication.service.js';
import { CountingQueue } from './counting-queue.js';
import { FixedClock } from './fixed-clock.js';
import { CLINICIAN, PATIENT } from './people.js';
import { SIGN_IN_ENTITIES, type SignInServices, signInServices } from './sign-in-services.js';
import { openTestDatabase } from './test-database.js';

/** Where everybody signs in from. */
export const ADDRESS = '192.0.2.7';

export const staff = (username: string, password: string): Credentials => ({
  ...{ role: 'users', username, password, email: undefined, address: ADDRESS },
});
export const patient = (username: string, password: string, email?: string): Credentials => ({
  ...{ role: 'patient', username, password, email, address: ADDRESS },
});

/** Credentials that are right on an untouched demo site. */
export const RIGHT_STAFF = staff(CLINICIAN.username, CLINICIAN.password);
export const RIGHT_PATIENT = patient(PATIENT.username, PATIENT.password, PATIENT.email);

/** The services behind the sign-in page on a new demo site, in March 2026. */
export interface SignInTrial {
  readonly source: DataSource;
  readonly clock: FixedClock;
  readonly services: SignInServices;
  /** What was spent on hashing. */
  readonly hashes: CountingQueue;
  /** Runs a statement that changes the demo site. @returns its rows */
  run(sql: string): Promise<unknown>;
  /** The audit log: event, user, group, success, comment. */
  audited(): Promise<string[]>;
  close(): Promise<void>;
}

export async function openSignInTrial(): Promise<SignInTrial> {
  const database = await openTestDatabase(SIGN_IN_ENTITIES);
  const { source } = database;
  const clock = FixedClock.at('2026-03-01T12:00:00Z');
  const hashes = new CountingQueue();
  return {
    source,
    clock,
    services: signInServices(database, source, clock, new EhrPasswordHasher(new SystemRandom(), hashes)),
    hashes,
    run: (sql) => source.query<unknown>(sql),
    audited: async () => (await source.getRepository(LogEntry).find({ order: { id: 'ASC' } })).map(asText),
    close: () => database.close(),
  };
}

function asText({ event, user, groupName, success, comments }: LogEntry): string {
  return `${event} ${user} [${groupName}] ${success}: ${Buffer.from(comments ?? '', 'base64').toString()}`;
}
