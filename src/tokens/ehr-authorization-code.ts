import { findGrantableScope, findMoment, isIdentifier, isName } from './ehr-sealed-members.js';

/** What a code of the EHR's own server says. Whether it is still good is another question. */
export interface EhrAuthorizationCode {
  readonly clientId: string;
  /** uuid text. */
  readonly subject: string;
  /** As sent to the authorization endpoint; null when it was not. */
  readonly redirectUri: string | null;
  /** Granted, and what a client can ask for here: see `isGrantable`. */
  readonly scope: readonly string[];
  readonly codeChallenge: string | null;
  /** `S256` or `plain`; null without a challenge. */
  readonly challengeMethod: string | null;
  readonly expiresAt: Date;
}

/**
 * Reads what was sealed in an authorization code.
 * @param members of the JSON object inside
 * @returns null when it is none: refresh tokens are sealed with the same password
 * @see the EHR's league/oauth2-server, AuthCodeGrant
 */
export function findEhrAuthorizationCode(members: Readonly<Record<string, unknown>>): EhrAuthorizationCode | null {
  const { auth_code_id: identifier, client_id: clientId, user_id: subject, redirect_uri: redirectUri } = members;
  if (!isIdentifier(identifier) || !isName(clientId) || !isName(subject)) return null;
  const [scope, expiresAt] = [findGrantableScope(members['scopes']), findMoment(members['expire_time'])];
  if (scope === null || expiresAt === null) return null;
  const { code_challenge: challenge, code_challenge_method: method } = members;
  return {
    clientId,
    subject,
    redirectUri: isName(redirectUri) ? redirectUri : null,
    scope,
    codeChallenge: isName(challenge) ? challenge : null,
    challengeMethod: isName(challenge) ? (isName(method) ? method : 'plain') : null, // RFC 7636 §4.3
    expiresAt,
  };
}
