/** A JSON text of the given length. @param bytes as an environment variable says it; less than the smallest text gives that */
export function bodyOf(bytes) {
  const empty = JSON.stringify({ filler: '' });
  return JSON.stringify({ filler: 'x'.repeat(Math.max(0, Number(bytes ?? 0) - empty.length)) });
}
