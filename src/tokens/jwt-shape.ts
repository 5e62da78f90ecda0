/**
 * Whether a token looks like a signed JWT: three parts in base64url. Our refresh tokens have no dots.
 * @see RFC 7515 §3.1
 */
export function isJwtShaped(token: string): boolean {
  return /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/.test(token);
}
