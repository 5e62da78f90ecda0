import { OAuthError, type OAuthErrorCode } from '../errors/oauth-error.js';

/** An error as the EHR's own server words it, its members in its order. */
export interface EhrErrorJson {
  readonly error: string;
  readonly error_description: string;
  readonly hint?: string;
  /** A copy of `error_description`. */
  readonly message: string;
}

const INVALID_REQUEST =
  'The request is missing a required parameter, includes an invalid parameter value, includes a parameter more than once, or is otherwise malformed.';
const INVALID_REFRESH_TOKEN = 'The refresh token is invalid.';

/** The EHR has one text for each code; apps show them, and some compare them. */
const DESCRIPTIONS: Partial<Record<OAuthErrorCode, string>> = {
  invalid_request: INVALID_REQUEST,
  invalid_client: 'Client authentication failed',
  invalid_scope: 'The requested scope is invalid, unknown, or malformed',
  invalid_grant:
    'The provided authorization grant (e.g., authorization code, resource owner credentials) or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.',
  unsupported_grant_type: 'The authorization grant type is not supported by the authorization server.',
  unauthorized_client: 'The authenticated client is not authorized to use this authorization grant type.',
};

/** What the EHR says of a code that it has no session for: no hint, and no fixed text. */
const NO_SESSION = 'Bad request';

/**
 * An error of the token endpoint in the words of the EHR's own server. Failures of the server itself and of the transport stay as they are.
 * @param grantType as sent; undefined when absent
 * @returns the same refusal; only what the client reads of it differs
 * @see the EHR's oauth2/authorize.php and the library behind it, league/oauth2-server
 */
export function inEhrWords(error: OAuthError, grantType: string | undefined): OAuthError {
  if (error.status >= 500 || [404, 405, 413, 415, 421, 429].includes(error.status)) return error;
  return error.withWire(ehrWire(error, grantType));
}

function ehrWire({ code, description, hint, status }: OAuthError, grantType: string | undefined): { status: number; body: EhrErrorJson } {
  if (code === 'invalid_grant' && grantType === 'refresh_token') {
    return { status: 401, body: worded('invalid_request', INVALID_REFRESH_TOKEN, hint) };
  }
  if (code === 'invalid_grant' && grantType === 'authorization_code' && !isWrongVerifier(hint)) {
    return {
      status: 400,
      body: hint === undefined ? worded('invalid_request', NO_SESSION) : worded('invalid_request', INVALID_REQUEST, hint),
    };
  }
  // To the EHR a client that waits for approval is no client; about grant types it has a hint.
  if (code === 'unauthorized_client' && hint === undefined) return ehrWire(new OAuthError('invalid_client', description), grantType);
  const standing = code === 'unsupported_grant_type' ? 'Check that all required parameters have been provided' : hint;
  return { status, body: worded(code, DESCRIPTIONS[code] ?? description, standing) };
}

/** The one refusal of a code that the EHR calls `invalid_grant` as well. */
function isWrongVerifier(hint: string | undefined): boolean {
  return hint === HINTS.wrongVerifier;
}

function worded(error: string, description: string, hint?: string): EhrErrorJson {
  return { error, error_description: description, ...(hint !== undefined && { hint }), message: description };
}

/** What the EHR adds to an error to say which case it is. */
export const HINTS = {
  codeExpired: 'Authorization code has expired',
  codeOfOther: 'Authorization code was not issued to this client',
  codeUsed: 'Authorization code has been revoked',
  redirectUriDiffers: 'Invalid redirect URI',
  verifierMalformed: 'Code Verifier must follow the specifications of RFC-7636.',
  verifierUnexpected: 'code_verifier received when no code_challenge is present',
  wrongVerifier: 'Failed to verify `code_verifier`.',
  refreshTokenUnknown: 'Cannot decrypt the refresh token',
  refreshTokenOfOther: 'Token is not linked to client',
  refreshTokenExpired: 'Token has expired',
  refreshTokenRevoked: 'Token has been revoked',
  credentials: 'Failed Authentication',
  launch: 'launch parameter was incorrectly formatted or did not originate from this server',
} as const;

/** The hint about a parameter that is missing or does not fit. */
export function hintAt(parameter: string): string {
  return `Check the \`${parameter}\` parameter`;
}

/** The hint about a scope. */
export function hintAtScope(scope: string): string {
  return `Check the \`${scope.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)}\` scope`;
}
