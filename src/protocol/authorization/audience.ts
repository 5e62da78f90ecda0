import { OAuthError } from '../errors/oauth-error.js';
import type { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';

/**
 * Which of our APIs the token is for, when the client says it: an app that was led to a false API names that one here, and gets no token for it.
 * @returns the accepted base URLs as this server writes them, each once; empty when the client named none
 * @throws OAuthError invalid_request for `aud`, invalid_target for `resource`
 * @see SMART App Launch 2.2, "Obtain authorization code"; RFC 8707 §2
 */
export function checkAudience(sent: SentRequest, policy: Pick<ServerPolicy, 'audiences'>): readonly string[] {
  const aud = sent.one('aud');
  if (aud === undefined && sent.one('launch') !== undefined) {
    throw new OAuthError('invalid_request', 'aud is missing: a launch from the EHR needs it'); // SMART App Launch 2.2, "Obtain authorization code"
  }
  const accepted = new Set<string>();
  if (aud !== undefined) {
    const audience = findAudience(aud, policy.audiences);
    if (audience === null) throw new OAuthError('invalid_request', `aud is not an API of this server${expected(policy.audiences)}`);
    accepted.add(audience);
  }
  for (const resource of sent.all('resource')) {
    const audience = findAudience(resource, policy.audiences);
    if (audience === null) throw new OAuthError('invalid_target', 'resource is not an API of this server'); // RFC 8707 §2
    accepted.add(audience);
  }
  return [...accepted];
}

/** The first is the FHIR base: that is what `aud` names in a SMART launch. SMART App Launch 2.2, "Obtain authorization code" */
function expected([fhirBase]: readonly string[]): string {
  return fhirBase === undefined ? '' : `: ${fhirBase} was expected`;
}

/** One trailing slash more or less is the same API: apps and the EHR's own pages write both. */
function findAudience(url: string, audiences: readonly string[]): string | null {
  const wanted = withoutTrailingSlash(url);
  return audiences.find((audience) => withoutTrailingSlash(audience) === wanted) ?? null;
}

function withoutTrailingSlash(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
