/** Authentication context classes that a person can reach here: one factor, or two. @see OIDC Discovery §3 acr_values_supported */
export const ACR_VALUES = ['1', '2'] as const;

/** `0` says that nothing was proven when the tokens were asked for. @see OIDC Core §2 acr */
export type Acr = '0' | (typeof ACR_VALUES)[number];

/** Says that there were several methods, and is none itself. @see RFC 8176 §2 */
const MULTIPLE_FACTORS = 'mfa';

/**
 * The authentication context class that methods amount to.
 * @param amr authentication method references, in any order (RFC 8176 §2)
 * @returns `2` for two different methods or more, `1` for one, `0` for none
 * @see OIDC Core §2
 */
export function acrOf(amr: readonly string[]): Acr {
  const methods = new Set(amr.filter((method) => method !== MULTIPLE_FACTORS));
  if (methods.size > 1 || amr.includes(MULTIPLE_FACTORS)) return '2';
  return methods.size === 1 ? '1' : '0';
}
