import { OAuthError } from '../protocol/errors/oauth-error.js';

/**
 * Finds the bearer token that a request presents.
 * @param authorization value of the Authorization header; undefined without one. Other schemes are passed over
 * @param formToken member `access_token` of a form; undefined without one
 * @returns null when none is presented
 * @throws OAuthError invalid_request when both places are used
 * @see RFC 6750 §2
 */
export function findPresentedToken(authorization: string | undefined, formToken?: string): string | null {
  const headerToken = /^bearer[ \t]+(\S.*)$/is.exec(authorization?.trim() ?? '')?.[1] ?? null; // RFC 9110 §11.1: the scheme in any case
  if (headerToken !== null && formToken !== undefined) {
    throw new OAuthError('invalid_request', 'the token was sent in more than one way'); // RFC 6750 §2
  }
  return headerToken ?? formToken ?? null;
}
