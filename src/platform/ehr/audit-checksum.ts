import { createHash } from 'node:crypto';

/** What a column may hold by the time it is written; NULL counts as ''. */
type Written = string | number | bigint | null;

/** A row of `log` as it is written, in our names. `date` is `YYYY-MM-DD HH:MM:SS`; `comments` is the text as stored. */
export interface LogRowValues {
  date: Written;
  event: Written;
  category: Written;
  user: Written;
  groupName: Written;
  comments: Written;
  userNotes: Written;
  patientId: Written;
  success: Written;
  crtUser: Written;
  logFrom: Written;
  menuItemId: Written;
  ccdaDocId: Written;
}

/** A row of `api_log` as it is written, in our names. */
export interface ApiLogRowValues {
  logId: Written;
  userId: Written;
  patientId: Written;
  ipAddress: Written;
  method: Written;
  request: Written;
  requestUrl: Written;
  requestBody: Written;
  response: Written;
  createdTime: Written;
}

/**
 * Checksum of a `log` row, for `log_comment_encrypt.checksum`: the EHR's integrity report recomputes it.
 * @returns SHA3-512, lower-case hex
 */
export function logChecksum(row: LogRowValues): string {
  return checksum([
    row.date,
    row.event,
    row.category,
    row.user,
    row.groupName,
    row.comments,
    row.userNotes,
    row.patientId,
    row.success,
    row.crtUser,
    row.logFrom,
    row.menuItemId,
    row.ccdaDocId,
  ]);
}

/**
 * Checksum of the `api_log` row that belongs to a `log` row, for `log_comment_encrypt.checksum_api`.
 * @param row null when there is none
 * @returns SHA3-512, lower-case hex; '' without a row
 */
export function apiLogChecksum(row: ApiLogRowValues | null): string {
  if (row === null) return '';
  return checksum([
    row.logId,
    row.userId,
    row.patientId,
    row.ipAddress,
    row.method,
    row.request,
    row.requestUrl,
    row.requestBody,
    row.response,
    row.createdTime,
  ]);
}

function checksum(values: readonly Written[]): string {
  return createHash('sha3-512')
    .update(values.map((value) => (value === null ? '' : String(value))).join(''), 'utf8')
    .digest('hex');
}
