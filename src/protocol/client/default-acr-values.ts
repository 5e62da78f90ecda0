import { badMetadata, findTextList } from './metadata-value.js';

const BOUNDS = { longest: 200, most: 20 };

/**
 * Reads which authentication context classes a client wants of requests without `acr_values`. Values that this server does not know are
 * kept, and wish for nothing, as in a request.
 * @throws OAuthError invalid_client_metadata
 * @see OIDC Registration §2 default_acr_values; OIDC Core §3.1.2.1 acr_values
 */
export function checkDefaultAcrValues(value: unknown): string[] {
  const list = findTextList(value, 'default_acr_values', BOUNDS) ?? [];
  const torn = list.findIndex((entry) => /\s/.test(entry)); // acr_values is a list separated by blanks: such a value could never be sent
  if (torn !== -1) throw badMetadata(`default_acr_values[${torn}] must not hold blanks`);
  return list;
}
