/** Why the keys of a client cannot be had: a sentence for the log. */
export class KeySetError extends Error {
  override readonly name = 'KeySetError';
}
