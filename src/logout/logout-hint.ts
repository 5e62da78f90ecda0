import type { LogoutHint } from '../protocol/logout/logout-request.js';

/**
 * Reads the claims of a token whose signature is ours: is it an ID token of this server? It may have expired.
 * @param claims as signed
 * @param issuer our own, character for character
 * @returns null when it is not: an access token is signed with the same key and proves nothing here
 * @see OIDC RP-Initiated Logout §2, §4
 */
export function findLogoutHint(claims: Readonly<Record<string, unknown>>, issuer: string): LogoutHint | null {
  const { iss, aud, sub, sid } = claims;
  const isAccessToken = 'scopes' in claims || 'scope' in claims;
  const [clientId, ...others] = Array.isArray(aud) ? (aud as unknown[]) : [aud];
  if (isAccessToken || iss !== issuer || others.length > 0) return null;
  if (typeof clientId !== 'string' || typeof sub !== 'string') return null;
  return { clientId, subject: sub, sessionId: typeof sid === 'string' ? sid : null };
}
