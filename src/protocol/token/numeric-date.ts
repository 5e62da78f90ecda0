/**
 * A time as tokens carry it: whole seconds since 1970-01-01T00:00:00Z. Always rounded down, so that a resource server whose clock
 * is read a millisecond earlier, and which allows no leeway, does not find a token issued in the future.
 * @see RFC 7519 §2 NumericDate
 */
export function numericDate(time: Date): number {
  return Math.floor(time.getTime() / 1000);
}
