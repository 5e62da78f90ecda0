import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A picture of the clinic, ready to be served. */
export interface Logo {
  readonly body: Buffer;
  readonly contentType: 'image/svg+xml' | 'image/png' | 'image/jpeg';
  /** Hash of the content (hex): it may be cached for ever under it. */
  readonly version: string;
}

/** Bytes: with it, the first page that a person sees stays below 50 kB. */
export const LARGEST_LOGO = 10_000;

/**
 * Reads the clinic's logo once, at start.
 * @param mistakes takes a line when there is no such file, or it is something else or larger than a logo may be
 */
export function readLogo(path: string, mistakes: string[]): Logo | null {
  let body: Buffer;
  try {
    body = readFileSync(path);
  } catch {
    mistakes.push('CHARTKEY_LOGO_FILE cannot be read');
    return null;
  }
  const contentType = typeOf(body);
  if (contentType === null) mistakes.push('CHARTKEY_LOGO_FILE must be an SVG, PNG or JPEG picture');
  if (body.length > LARGEST_LOGO) mistakes.push(`CHARTKEY_LOGO_FILE must have at most ${LARGEST_LOGO} bytes`);
  return contentType && { body, contentType, version: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}

/** By content, whatever the file is called. */
function typeOf(body: Buffer): Logo['contentType'] | null {
  if (body.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))) return 'image/png';
  if (body.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]))) return 'image/jpeg';
  const isSvg = /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<svg[\s>]/s.test(
    body.subarray(0, 4096).toString('utf8'),
  );
  return isSvg ? 'image/svg+xml' : null;
}
