import type { ClientFacts } from '../protocol/client/client-facts.js';

/**
 * Whether what answers at the redirect URI is sure to be the client: it has credentials of its own, or the web says whose address it is.
 * Any other program on a device can take a private scheme or a loopback port, so that each such request is shown to the person.
 * @param redirectUri proven to be registered
 * @see RFC 8252 §8.6; RFC 6749 §10.2
 */
export function isIdentityAssured(client: Pick<ClientFacts, 'isConfidential'>, redirectUri: string): boolean {
  return client.isConfidential || /^https:/i.test(redirectUri);
}
