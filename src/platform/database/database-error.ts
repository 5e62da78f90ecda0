/** The database cannot be used as it is. The message lists everything that is wrong with it. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
}
