import { OAuthError, type OAuthErrorCode } from '../errors/oauth-error.js';

/** What the EHR's text columns hold, in bytes of UTF-8. */
const TEXT_COLUMN_BYTES = 65_535;
/** The EHR joins lists with this character, so no entry may hold it. */
const LIST_SEPARATOR = '|';
/** Control characters, halves of characters, line separators, and marks which reverse the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

/** How long a text or list may be. */
export interface Bounds {
  /** Characters (code points) of one text. */
  readonly longest: number;
  /** Entries of a list. */
  readonly most: number;
}

/**
 * A refusal of client metadata.
 * @param description what is wrong, naming the member; no values
 * @see RFC 7591 §3.2.2
 */
export function badMetadata(description: string, code: OAuthErrorCode = 'invalid_client_metadata'): OAuthError {
  return new OAuthError(code, description);
}

/**
 * Reads a member that is one text. Absent, null and blank are the same (RFC 7591 §2 knows no empty values).
 * @param name wire name, for the refusal
 * @param longest characters (code points)
 * @returns as sent; null when absent
 * @throws OAuthError `code` when it is not a text, too long, or holds characters that cannot be shown
 */
export function findText(value: unknown, name: string, longest: number, code?: OAuthErrorCode): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw badMetadata(`${name} must be a text`, code);
  if (value.length > longest * 2 || [...value].length > longest) throw badMetadata(`${name} is longer than ${longest} characters`, code);
  if (UNPRINTABLE.test(value)) throw badMetadata(`${name} holds a character that is not allowed`, code);
  return value.trim() === '' ? null : value;
}

/**
 * Reads a member that is a list of texts.
 * @param name wire name, for the refusal
 * @returns each entry once, in the order sent; null when absent
 * @throws OAuthError `code` when it is not a list of texts, or more than can be stored
 */
export function findTextList(value: unknown, name: string, bounds: Bounds, code?: OAuthErrorCode): string[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) throw badMetadata(`${name} must be a list`, code);
  if (value.length > bounds.most) throw badMetadata(`${name} has more than ${bounds.most} entries`, code);
  const list = (value as readonly unknown[]).map((entry, index) => checkEntry(entry, `${name}[${index}]`, bounds.longest, code));
  const unique = [...new Set(list)];
  if (byteLength(unique.join(LIST_SEPARATOR)) > TEXT_COLUMN_BYTES) throw badMetadata(`${name} is too long`, code);
  return unique;
}

function checkEntry(entry: unknown, name: string, longest: number, code?: OAuthErrorCode): string {
  const text = findText(entry, name, longest, code);
  if (text === null) throw badMetadata(`${name} must not be empty`, code);
  if (text.includes(LIST_SEPARATOR)) throw badMetadata(`${name} must not hold the character |`, code);
  return text;
}

/**
 * Decides whether a text is small enough to be stored.
 * @param text what would be stored
 */
export function fitsTextColumn(text: string): boolean {
  return byteLength(text) <= TEXT_COLUMN_BYTES;
}

/** Decides whether a value is an object with members: not null, not a list. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function byteLength(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}
