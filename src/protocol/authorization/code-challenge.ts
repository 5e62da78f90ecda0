import { createHash, timingSafeEqual } from 'node:crypto';
import type { ClientFacts } from '../client/client-facts.js';
import { hintAt, HINTS } from '../compatibility/ehr-token-error.js';
import { OAuthError } from '../errors/oauth-error.js';
import type { SentRequest } from './sent-request.js';
import type { ServerPolicy } from './server-policy.js';

export type CodeChallengeMethod = 'S256';

/**
 * At the authorization endpoint: whether the request is bound to the app that makes it. Public clients must bind it, confidential ones
 * when the policy says so; `plain`, which is also what an absent method means, would show the secret and is refused.
 * @returns the S256 challenge (base64url of 32 bytes), or null when none was sent and none is needed
 * @throws OAuthError invalid_request
 * @see RFC 7636 §4.3, §4.4.1; RFC 9700 §2.1.1
 */
export function checkCodeChallenge(
  sent: SentRequest,
  client: Pick<ClientFacts, 'isConfidential'>,
  policy: Pick<ServerPolicy, 'pkceForConfidentialClients'>,
): string | null {
  const challenge = sent.one('code_challenge');
  const method = sent.one('code_challenge_method');
  if (method !== undefined && method !== 'S256') throw new OAuthError('invalid_request', 'code_challenge_method must be S256'); // RFC 7636 §4.4.1
  if (challenge === undefined) {
    if (method !== undefined) throw new OAuthError('invalid_request', 'code_challenge is missing, code_challenge_method was sent');
    if (!client.isConfidential || policy.pkceForConfidentialClients) throw new OAuthError('invalid_request', 'code_challenge is required'); // RFC 7636 §4.4.1
    return null;
  }
  if (method === undefined) throw new OAuthError('invalid_request', 'code_challenge_method must be S256; left out, it means plain'); // RFC 7636 §4.3
  if (!/^[A-Za-z0-9_-]{43}$/.test(challenge)) {
    throw new OAuthError('invalid_request', 'code_challenge must be the base64url of a SHA-256 hash: 43 characters without padding'); // RFC 7636 §4.2
  }
  return challenge;
}

/**
 * At the token endpoint: whether who redeems the code is who asked for it.
 * @param verifier code_verifier of the token request; undefined when absent
 * @param challenge what `checkCodeChallenge` returned for the authorization request
 * @throws OAuthError invalid_request when the verifier is missing, malformed or unexpected; invalid_grant when it is a wrong one
 * @see RFC 7636 §4.1, §4.6; RFC 9700 §4.8.2
 */
export function checkCodeVerifier(verifier: string | undefined, challenge: string | null): void {
  if (challenge === null) {
    if (verifier === undefined) return;
    const hint = HINTS.verifierUnexpected;
    throw new OAuthError('invalid_request', 'code_verifier was sent, but the authorization request had no code_challenge', { hint }); // RFC 9700 §4.8.2: somebody removed it
  }
  if (verifier === undefined) throw new OAuthError('invalid_request', 'code_verifier is missing', { hint: hintAt('code_verifier') });
  if (!/^[A-Za-z0-9._~-]{43,128}$/.test(verifier)) {
    const hint = HINTS.verifierMalformed;
    throw new OAuthError('invalid_request', 'code_verifier must have 43 to 128 characters out of A-Z a-z 0-9 - . _ ~', { hint }); // RFC 7636 §4.1
  }
  const proven = Buffer.from(createHash('sha256').update(verifier, 'ascii').digest('base64url'));
  const expected = Buffer.from(challenge);
  if (proven.length !== expected.length || !timingSafeEqual(proven, expected)) {
    throw new OAuthError('invalid_grant', 'code_verifier does not match the code_challenge', { hint: HINTS.wrongVerifier }); // RFC 7636 §4.6
  }
}
