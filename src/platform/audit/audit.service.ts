import { Injectable, Logger } from '@nestjs/common';
import { type Transaction, Transactions } from '../database/transactions.js';
import { apiLogChecksum, logChecksum } from '../ehr/audit-checksum.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { AUDIT_EVENTS, type AuditEntry, auditComment } from './audit-event.js';
import { LogChecksum } from './log-checksum.entity.js';
import { LogEntry } from './log-entry.entity.js';

/** Which columns the checksum covers and how: the EHR's fourth way. */
const CHECKSUM_VERSION = 4;

/** `log.user` and `log.groupname`, in characters. */
const LONGEST_NAME = 255;

/** Writes the EHR's audit log, in its format. */
@Injectable()
export class AuditService {
  private readonly logger = new Logger('Audit');

  constructor(
    private readonly transactions: Transactions,
    private readonly ehrClock: EhrClock,
  ) {}

  /**
   * Writes one line with its checksum, in a transaction of its own: call it before or after a flow's transaction, never inside.
   * A line that cannot be written is an error in the server's own log; it does not fail the request it is about.
   */
  async record(entry: AuditEntry): Promise<void> {
    try {
      const row = logRow(entry, await this.ehrClock.nowText());
      await this.transactions.run((tx) => insert(tx, row));
    } catch (err) {
      this.logger.error({ err, event: entry.event, success: entry.success, reason: entry.reason }, 'an audit line was not written');
    }
  }
}

type LogRow = Omit<LogEntry, 'id'>;

function logRow(entry: AuditEntry, date: string): LogRow {
  const { event } = AUDIT_EVENTS[entry.event];
  return {
    date,
    event,
    category: event,
    user: columnText(entry.username),
    groupName: columnText(entry.groupName),
    comments: Buffer.from(auditComment(entry), 'utf8').toString('base64'),
    userNotes: '',
    patientNumber: entry.patientNumber ?? null,
    success: Number(entry.success),
    certificateUser: '',
    source: 'open-emr',
  };
}

async function insert(tx: Transaction, row: LogRow): Promise<void> {
  const { identifiers } = await tx.insert(LogEntry, row);
  await tx.insert(LogChecksum, {
    logId: Number(identifiers[0]?.['id']),
    encrypted: 'No',
    checksum: checksumOf(row),
    apiChecksum: apiLogChecksum(null),
    version: CHECKSUM_VERSION,
  });
}

function checksumOf({ patientNumber, certificateUser, source, ...row }: LogRow): string {
  return logChecksum({ ...row, patientId: patientNumber, crtUser: certificateUser, logFrom: source, menuItemId: null, ccdaDocId: null });
}

/** As much as the column takes, counted as the database counts: a character beyond the basic plane is one. */
function columnText(text = ''): string {
  return [...text.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join('');
}
