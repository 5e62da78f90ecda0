/** How a caller stands against one limit of requests. */
export interface Quota {
  /** Name of the limit, of letters, digits and hyphens. */
  readonly policy: string;
  /** Requests within the window. */
  readonly limit: number;
  /** Seconds. */
  readonly window: number;
  /** Requests that are still free. */
  readonly remaining: number;
  /** Seconds until there is room for the next one, or, while there is, until the window ends. */
  readonly reset: number;
}

/**
 * The header fields that tell a caller about a limit.
 * @see draft-ietf-httpapi-ratelimit-headers-10 §3, §4
 */
export function quotaFields({ policy, limit, window, remaining, reset }: Quota): Record<'ratelimit' | 'ratelimit-policy', string> {
  return {
    'ratelimit-policy': `"${policy}";q=${limit};w=${window}`,
    ratelimit: `"${policy}";r=${remaining};t=${Math.ceil(reset)}`,
  };
}
