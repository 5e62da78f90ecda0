/**
 * The scopes that the EHR's own server names in its answer: all but those that say which of its APIs a token is for.
 * @see the EHR's BearerTokenResponse, version 8.2; before it, everything with a colon was left out
 */
export function ehrScopeText(scopes: readonly string[]): readonly string[] {
  return scopes.filter((scope) => !scope.startsWith('api:'));
}
