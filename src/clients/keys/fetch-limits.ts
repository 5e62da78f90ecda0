/** What one fetch may cost. */
export interface FetchLimits {
  /** Milliseconds for all of it. */
  readonly time: number;
  /** Bytes of the answer. */
  readonly size: number;
}

export const FETCH_LIMITS: FetchLimits = { time: 5_000, size: 262_144 };
