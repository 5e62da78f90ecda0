/** Scopes which the EHR repeats as claims, with the value true: which of its APIs the tokens are for. */
const MARKER_SCOPES = ['api:oemr', 'api:fhir', 'api:port'];

/** Claims that each scope opens; `openid` alone opens the subject. Scopes which are not listed open none. */
const CLAIMS_BY_SCOPE: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ['openid', ['sub']],
  [
    'profile', // OIDC Core §5.4
    [
      'name',
      'family_name',
      'given_name',
      'middle_name',
      'nickname',
      'preferred_username',
      'profile',
      'picture',
      'website',
      'gender',
      'birthdate',
      'zoneinfo',
      'locale',
      'updated_at',
    ],
  ],
  ['email', ['email', 'email_verified']], // OIDC Core §5.4
  ['address', ['address']], // OIDC Core §5.4
  ['phone', ['phone_number', 'phone_number_verified']], // OIDC Core §5.4
  // Scopes of the EHR which open one claim each.
  ['name', ['name']],
  ['given_name', ['given_name']],
  ['family_name', ['family_name']],
  ['nickname', ['nickname']],
  ['email_verified', ['email_verified']],
  ['phone_verified', ['phone_number_verified']],
  ['fhirUser', ['fhirUser']], // SMART App Launch 2.2 §4
  ...MARKER_SCOPES.map((scope): [string, string[]] => [scope, [scope]]),
]);

/**
 * Names of the claims that the granted scopes open.
 * @param scopes granted scopes, in any order
 * @returns once each, in the order in which the scopes open them
 * @see OIDC Core §5.4
 */
export function claimsOfScope(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap((scope) => CLAIMS_BY_SCOPE.get(scope) ?? []))];
}

/**
 * Names of all claims about a person, `sub` included, that this server can give, for the discovery document.
 * @see OIDC Discovery §3 claims_supported
 */
export function supportedUserClaims(): string[] {
  return claimsOfScope([...CLAIMS_BY_SCOPE.keys()]);
}

/**
 * What may be told about a person under the granted scopes. A claim without a value is left out, not sent empty.
 * @param claims all that is known, by claim name
 * @param scopes granted scopes
 * @see OIDC Core §5.3.2, §5.4
 */
export function selectClaims(claims: Readonly<Record<string, unknown>>, scopes: readonly string[]): Record<string, unknown> {
  const selected: Record<string, unknown> = {};
  for (const name of claimsOfScope(scopes)) {
    const value = findClaim(claims, name);
    if (value !== undefined && value !== null && value !== '') selected[name] = value; // OIDC Core §5.3.2
  }
  return selected;
}

function findClaim(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (MARKER_SCOPES.includes(name)) return true;
  return Object.hasOwn(claims, name) ? claims[name] : undefined;
}
