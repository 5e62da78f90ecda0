const WHITE_SPACE = /[\t\n\r ]/g;
const PADDED = /^[A-Za-z0-9+/]*={0,2}$/;

/**
 * Decodes standard base64 as the EHR's strict decoder does: white space is skipped, any other foreign character refuses the text, and
 * padding is either left out or complete.
 * @returns the bytes, or null when the text is not base64
 */
export function findBase64Bytes(text: string): Buffer | null {
  const compact = text.replace(WHITE_SPACE, '');
  if (!PADDED.test(compact)) return null;
  const digits = compact.replace(/=+$/, '');
  const padding = compact.length - digits.length;
  if (digits.length % 4 === 1) return null;
  if (padding > 0 && compact.length % 4 !== 0) return null;
  return Buffer.from(digits, 'base64');
}

/** Decodes standard base64 as the EHR's lenient decoder does: whatever does not belong is skipped. */
export function lenientBase64Bytes(text: string): Buffer {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ''), 'base64');
}
