import { claimsOfScope } from '../scope/claims-of-scope.js';

/** What the EHR says of everybody. */
const SAME_FOR_ALL: Readonly<Record<string, unknown>> = { email_verified: true, phone_number_verified: true, locale: 'US' };

/**
 * The claims about a person as the EHR's own server puts them into an ID token: every claim that the scopes open is there, with an empty
 * text where nothing is known; an address is one text; e-mail addresses and numbers count as verified.
 * @param claims what may be told, by claim name
 * @param scopes granted scopes
 * @see the EHR's UserEntity; OIDC Core §5.1.1, §5.3.2, which it does not follow
 */
export function ehrClaims(claims: Readonly<Record<string, unknown>>, scopes: readonly string[]): Record<string, unknown> {
  const names = claimsOfScope(scopes).filter((name) => name !== 'sub');
  return Object.fromEntries(names.map((name) => [name, ehrClaim(name, claims)]));
}

function ehrClaim(name: string, claims: Readonly<Record<string, unknown>>): unknown {
  if (Object.hasOwn(SAME_FOR_ALL, name)) return SAME_FOR_ALL[name];
  const value = Object.hasOwn(claims, name) ? claims[name] : undefined;
  return name === 'address' ? addressText(value) : (value ?? '');
}

/** Street, city and state, with blanks between. @param address of OIDC Core §5.1.1; undefined when nothing is known */
function addressText(address: unknown): string {
  if (typeof address !== 'object' || address === null) return '';
  const { street_address: street, locality, region } = address as Readonly<Record<string, unknown>>;
  return [street, locality, region].filter((part) => typeof part === 'string' && part !== '').join(' ');
}
