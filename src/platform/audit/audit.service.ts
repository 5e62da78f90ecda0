import { Injectable, Logger } from '@nestjs/common';
import { insertRow } from '../database/mapped-statements.js';
import { isUndone } from '../database/retried-statements.js';
import { type Transaction, Transactions } from '../database/transactions.js';
import { apiLogChecksum, logChecksum } from '../ehr/audit-checksum.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { GlobalSettings } from '../ehr/global-settings.js';
import { Clock } from '../ambient/clock.js';
import { Config } from '../config/config.js';
import { currentRequest } from '../web/request-scope.js';
import { ApiLogEntry } from './api-log-entry.entity.js';
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
    private readonly settings: GlobalSettings,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * Writes one line with its checksum, and with the request that led to it where the EHR is set so, in a transaction of its own: call it before or after a flow's transaction, never inside.
   * A line that cannot be written is an error in the server's own log; it does not fail the request it is about.
   */
  async record(entry: AuditEntry): Promise<void> {
    try {
      const line = await this.lineOf(entry);
      await this.transactions.run((tx) => insert(tx, line));
    } catch (err) {
      this.complain(entry, err);
    }
  }

  /**
   * Does a flow's work and writes one line about it in the same transaction, so that there is neither without the other. A line that cannot
   * be written is no reason to refuse: then the work is done without it, in a transaction anew.
   * @param entry null where there is nothing to write
   * @param work as for Transactions.run
   */
  async runRecorded<T>(entry: AuditEntry | null, work: (tx: Transaction) => Promise<T>): Promise<T> {
    if (entry === null) return this.transactions.run(work);
    const line = await this.lineOf(entry);
    try {
      return await this.transactions.run(async (tx) => {
        const done = await work(tx);
        await insert(tx, line).catch((error: unknown) => {
          throw isUndone(error) ? error : new LineFailure(error);
        });
        return done;
      });
    } catch (error) {
      if (!(error instanceof LineFailure)) throw error;
      this.complain(entry, error.cause);
      return this.transactions.run(work);
    }
  }

  private async lineOf(entry: AuditEntry): Promise<Line> {
    const now = this.clock.now();
    return { row: logRow(entry, await this.ehrClock.text(now)), call: await this.findCall(entry, now) };
  }

  private complain({ event, success, reason }: AuditEntry, err: unknown): void {
    this.logger.error({ err, event, success, reason }, 'an audit line was not written');
  }

  /** @returns null outside of a request, and where the EHR logs none (its setting `api_log_option`) */
  private async findCall(entry: AuditEntry, now: Date): Promise<ApiCall | null> {
    const request = currentRequest();
    if (request === null || !LOGGING_REQUESTS.includes((await this.settings.read()).text('api_log_option'))) return null;
    const below = `/${this.config.prefix}/`;
    const [endpoint = ''] = request.path.startsWith(below) ? request.path.slice(below.length).split('/', 1) : [];
    return {
      userId: entry.userId ?? 0,
      patientNumber: entry.patientNumber ?? 0,
      address: columnText(entry.address),
      method: request.method,
      endpoint: columnText(endpoint),
      path: request.path,
      requestBody: '',
      response: '',
      createdAt: this.ehrClock.timestampText(now),
    };
  }
}

/** Values of `api_log_option`: 1 without bodies, 2 with them, which we never write. @see the EHR's library/globals.inc.php */
const LOGGING_REQUESTS: readonly string[] = ['1', '2'];

type LogRow = Omit<LogEntry, 'id'>;
type ApiCall = Omit<ApiLogEntry, 'id' | 'logId'>;

interface Line {
  readonly row: LogRow;
  readonly call: ApiCall | null;
}

/** The line could not be written; the work before it could. */
class LineFailure extends Error {
  constructor(override readonly cause: unknown) {
    super('an audit line could not be written');
  }
}

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

async function insert(tx: Transaction, { row, call }: Line): Promise<void> {
  const logId = await insertRow(tx, LogEntry, row);
  if (call !== null) await insertRow(tx, ApiLogEntry, { ...call, logId });
  await insertRow(tx, LogChecksum, {
    logId,
    encrypted: 'No',
    checksum: checksumOf(row),
    apiChecksum: callChecksum(call, logId, row.date),
    version: CHECKSUM_VERSION,
  });
}

function checksumOf({ patientNumber, certificateUser, source, ...row }: LogRow): string {
  return logChecksum({ ...row, patientId: patientNumber, crtUser: certificateUser, logFrom: source, menuItemId: null, ccdaDocId: null });
}

/** The EHR reads the TIMESTAMP in its own time zone, in which it is the text of the line. */
function callChecksum(call: ApiCall | null, logId: number, createdTime: string | null): string {
  if (call === null) return apiLogChecksum(null);
  const { patientNumber, address, endpoint, path, ...rest } = call;
  return apiLogChecksum({ ...rest, logId, patientId: patientNumber, ipAddress: address, request: endpoint, requestUrl: path, createdTime });
}

/** As much as the column takes, counted as the database counts: a character beyond the basic plane is one. */
function columnText(text = ''): string {
  return [...text.slice(0, 2 * LONGEST_NAME)].slice(0, LONGEST_NAME).join('');
}
