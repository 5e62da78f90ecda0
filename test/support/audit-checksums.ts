import { createHash } from 'node:crypto';

/** A row as it stands. */
export type AuditRow = Record<string, string | number | null>;

/** What the EHR's checksum covers, in its order. */
export const COVERED = [
  ...['date', 'event', 'category', 'user', 'groupname', 'comments', 'user_notes', 'patient_id', 'success'],
  ...['crt_user', 'log_from', 'menu_item_id', 'ccda_doc_id'],
];

/** The same of the request behind a line; the EHR reads `created_time` in its own zone, where it is the text of the line. */
export const COVERED_CALL = [
  ...['log_id', 'user_id', 'patient_id', 'ip_address', 'method', 'request', 'request_url', 'request_body', 'response', 'created_time'],
];

/** SHA3-512 of the columns of a row, hex; NULL is nothing. */
export const sumOf = (row: AuditRow, columns: readonly string[]): string =>
  createHash('sha3-512')
    .update(columns.map((column) => String(row[column] ?? '')).join(''))
    .digest('hex');
