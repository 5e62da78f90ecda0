import type { Transaction } from '../../platform/database/transactions.js';
import { ApiLogEntry } from '../../platform/audit/api-log-entry.entity.js';
import { LogEntry } from '../../platform/audit/log-entry.entity.js';
import { AssertionHistory } from '../../clients/assertion-history.entity.js';
import { Client } from '../../clients/client.entity.js';
import { Consent } from '../../consents/consent.entity.js';
import { hasTable } from '../../platform/ehr/since.js';
import { Lease } from '../../maintenance/lease.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { SourceAttribute } from '../../clients/source-attribute.entity.js';
import { MfaRegistration } from '../../mfa/mfa-registration.entity.js';
import { Patient } from '../../patients/patient.entity.js';
import { LogChecksum } from '../../platform/audit/log-checksum.entity.js';
import { UuidEntry } from '../../platform/ehr/uuid-entry.entity.js';
import { IpAttempt } from '../../platform/throttle/ip-attempt.entity.js';
import { endAccessTokens, endRefreshTokens } from '../../tokens/ehr-token-rows.js';
import { GrantRecord } from '../../tokens/grant.entity.js';
import { PortalAccount } from '../../users/portal-account.entity.js';
import { UserSecret } from '../../users/user-secret.entity.js';
import { User } from '../../users/user.entity.js';
import { type Check, error, type Finding, type Ground, warning } from '../check.js';
import { readDatabaseTime } from '../database-time.query.js';
import type { Examination } from '../examination.js';

/** Milliseconds. */
const SMALL_SKEW = 5_000;
const LARGE_SKEW = 60_000;

const PROBE = 'doctor';
const NO_NUMBER = -1;
const NO_NAME = '';
const PROBE_UUID = '00000000-0000-4000-8000-646f63746f72';

/** Ends a transaction whose work is not to stay. */
class TakenBack extends Error {}

/** Each thing that the account must be allowed, tried where it changes nothing or is taken back. */
const TRIALS: ReadonlyArray<readonly [table: string, attempt: (tx: Transaction, now: Date) => Promise<unknown>]> = [
  ['oauth2_lease', (tx, now) => tx.insert(Lease, { name: PROBE, holder: PROBE, expiresAt: now })],
  ['oauth2_session', (tx) => tx.delete(Session, { id: NO_NAME })],
  ['oauth2_grant', (tx, now) => tx.update(GrantRecord, { id: NO_NAME }, { endedAt: now })],
  ['oauth_clients', (tx) => tx.update(Client, { clientId: NO_NAME }, { isEnabled: false })],
  ['oauth_trusted_user', (tx) => tx.delete(Consent, { id: NO_NUMBER })],
  ['dsi_source_attributes', async (tx) => hasTable(tx.dataSource, SourceAttribute) && tx.delete(SourceAttribute, { id: NO_NUMBER })],
  ['jwt_grant_history', async (tx) => hasTable(tx.dataSource, AssertionHistory) && tx.delete(AssertionHistory, { id: NO_NUMBER })],
  ['api_token', (tx) => endAccessTokens(tx, { id: NO_NUMBER })],
  ['api_refresh_token', (tx) => endRefreshTokens(tx, { id: NO_NUMBER })],
  ['users', (tx) => tx.update(User, { id: NO_NUMBER }, { uuid: null })],
  ['patient_data', (tx) => tx.update(Patient, { patientNumber: NO_NUMBER }, { uuid: null })],
  ['patient_access_onsite', (tx) => tx.update(PortalAccount, { id: NO_NUMBER }, { passwordHash: null })],
  ['login_mfa_registrations', (tx) => tx.update(MfaRegistration, { userId: NO_NUMBER }, { data: '' })],
  ['ip_tracking', async (tx) => hasTable(tx.dataSource, IpAttempt) && tx.update(IpAttempt, { id: NO_NUMBER }, { failures: 0 })],
  ['users_secure', (tx) => tx.update(UserSecret, { userId: NO_NUMBER }, { failures: 0 })],
  ['log', (tx) => tx.insert(LogEntry, probeLine())],
  ['log_comment_encrypt', (tx) => tx.insert(LogChecksum, { logId: 0, encrypted: 'No', checksum: '', apiChecksum: '', version: 0 })],
  ['uuid_registry', (tx, now) => tx.insert(UuidEntry, probeUuid(now))],
  ['api_log', (tx) => tx.insert(ApiLogEntry, { ...PROBE_CALL, method: PROBE })],
];

/** Whether the database account may write what the server writes. */
export class RightsCheck implements Check {
  readonly id = 'rights';
  readonly healthy = 'The database account may write every table that the server writes';
  readonly needs = ['ehr-tables', 'own-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const refused: Finding[] = [];
    for (const [table, attempt] of TRIALS) {
      const refusal = await this.attempt(attempt);
      if (refusal !== null) refused.push(refusedTable(table, refusal));
    }
    return refused;
  }

  missingGrounds(findings: readonly Finding[]): readonly Ground[] {
    return findings.length > 0 ? ['writing'] : [];
  }

  /** @returns why it was refused; null when it was allowed */
  private async attempt(attempt: (tx: Transaction, now: Date) => Promise<unknown>): Promise<string | null> {
    try {
      await this.examination.transactions.run(async (tx) => {
        await attempt(tx, this.examination.now());
        throw new TakenBack();
      });
    } catch (failure) {
      if (!(failure instanceof TakenBack)) return failure instanceof Error ? failure.message : String(failure);
    }
    return null;
  }
}

/** Whether the clock of the database server agrees with ours. */
export class ClockCheck implements Check {
  readonly id = 'clock';
  readonly healthy = 'The clocks of this machine and of the database server agree';
  readonly needs = [];

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source, config } = this.examination;
    if (config.databaseUrl === null) return []; // the same machine
    const before = this.examination.now().getTime();
    const there = (await readDatabaseTime(source)).getTime();
    const here = (before + this.examination.now().getTime()) / 2;
    return skewFindings(there - here);
  }
}

/** @param skew milliseconds that the database server is ahead */
export function skewFindings(skew: number): Finding[] {
  if (Math.abs(skew) < SMALL_SKEW) return [];
  const seconds = Math.round(Math.abs(skew) / 1000);
  const found = Math.abs(skew) < LARGE_SKEW ? warning : error;
  return [
    found('clock.skew', [
      `The clock of the database server is ${seconds} seconds ${skew > 0 ? 'ahead of' : 'behind'} that of this machine`,
      'Tokens would end too early or too late for the EHR, and codes of authenticator apps would be refused',
      'Let both machines follow a time server (NTP)',
    ]),
  ];
}

const refusedTable = (table: string, refusal: string): Finding =>
  error('rights.write', [
    `The database account cannot write the table ${table}: ${refusal}`,
    'The server writes it while people sign in and while tokens are issued',
    `Grant the account SELECT, INSERT, UPDATE and DELETE on the database of DATABASE_URL`,
  ]);

function probeUuid(now: Date): Partial<UuidEntry> {
  const names = { tableName: PROBE, keyColumn: '', vertical: '', couchdb: '' };
  return { uuid: PROBE_UUID, ...names, documentDrive: 0, mapped: 0, createdAt: now.toISOString().slice(0, 19).replace('T', ' ') };
}

const PROBE_CALL = { logId: 0, userId: 0, patientNumber: 0, address: '', endpoint: '' };

function probeLine(): Partial<LogEntry> {
  const source = 'open-emr';
  return {
    date: '2000-01-01 00:00:00',
    event: PROBE,
    category: PROBE,
    user: '',
    groupName: '',
    comments: '',
    userNotes: '',
    success: 1,
    source,
  };
}
