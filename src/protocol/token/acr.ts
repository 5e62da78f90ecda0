/** Authentication context classes that a person can reach here: one factor, or two. @see OIDC Discovery §3 acr_values_supported */
export const ACR_VALUES = ['1', '2'] as const;

/** What a client may ask for. */
export type ReachableAcr = (typeof ACR_VALUES)[number];

/** `0` says that nothing was proven when the tokens were asked for. @see OIDC Core §2 acr */
export type Acr = '0' | ReachableAcr;

/** Says that there were several methods, and is none itself. @see RFC 8176 §2 */
const MULTIPLE_FACTORS = 'mfa';

/** Say more about a method beside them, and are none themselves: the person was there, the key proved that it is held. @see RFC 8176 §2 */
const ATTRIBUTES: ReadonlySet<string> = new Set([MULTIPLE_FACTORS, 'user', 'pop']);

/**
 * The authentication context class that methods amount to.
 * @param amr authentication method references, in any order (RFC 8176 §2)
 * @returns `2` for two different methods or more, `1` for one, `0` for none
 * @see OIDC Core §2
 */
export function acrOf(amr: readonly string[]): Acr {
  const methods = new Set(amr.filter((method) => !ATTRIBUTES.has(method)));
  if (methods.size > 1 || amr.includes(MULTIPLE_FACTORS)) return '2';
  return methods.size === 1 ? '1' : '0';
}

/**
 * The class that a request asks for: each value named is good enough, so the lowest is asked for. Values not known here are left out; a
 * list of such alone asks for nothing, because the parameter is a wish.
 * @param values `acr_values` as sent or registered, separated by blanks
 * @returns null when nothing is asked for
 * @see OIDC Core §3.1.2.1 acr_values; OIDC Registration §2 default_acr_values
 */
export function leastAcr(values: string | undefined): ReachableAcr | null {
  const named = new Set((values ?? '').split(' '));
  return ACR_VALUES.find((value) => named.has(value)) ?? null;
}

/** Whether methods reach a class. @param least null is reached by anything */
export function reachesAcr(amr: readonly string[], least: ReachableAcr | null): boolean {
  return least === null || acrOf(amr) >= least;
}

/**
 * What a session says after one more factor has been shown.
 * @param amr of the factors shown before
 * @param shown of the factor that was shown now
 * @see RFC 8176 §2
 */
export function joinedAmr(amr: readonly string[], shown: readonly string[]): string[] {
  const methods = new Set([...amr, ...shown].filter((method) => method !== MULTIPLE_FACTORS));
  const joined = [...methods];
  return acrOf(joined) === '2' || amr.includes(MULTIPLE_FACTORS) || shown.includes(MULTIPLE_FACTORS)
    ? [...joined, MULTIPLE_FACTORS]
    : joined;
}
