/** What one replica has counted of one key in one window, in all: storing it twice changes nothing. */
export interface SharedCount {
  /** SHA-256 of the limit and of what is counted, base64url. */
  readonly id: string;
  /** Epoch milliseconds. */
  readonly windowStart: number;
  /** Milliseconds. */
  readonly window: number;
  readonly hits: number;
}

/** What the other replicas have counted. */
export type OthersCount = Pick<SharedCount, 'id' | 'windowStart' | 'hits'>;

/** Where replicas tell each other what they have counted. */
export interface CountStore {
  /**
   * Stores what this replica has counted.
   * @param replica names the process
   * @returns what the others have counted of the same keys, in these windows and the ones before
   */
  exchange(counts: readonly SharedCount[], replica: string): Promise<OthersCount[]>;
}
