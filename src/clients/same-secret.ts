import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Decides whether two secrets are the same, in a time that tells nothing about either, their lengths included.
 * @param presented as it was sent
 * @param expected in clear
 */
export function isSameSecret(presented: string, expected: string): boolean {
  return timingSafeEqual(digest(presented), digest(expected));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
