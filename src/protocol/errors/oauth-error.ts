import type { RedirectTarget } from '../authorization/target.js';
import type { Quota } from './quota.js';

interface ErrorDefinition {
  readonly status: number;
  readonly source: string;
}

/** Every error code this server may answer with: its HTTP status where it is shown, and the section which defines it. */
export const OAUTH_ERRORS = {
  invalid_request: { status: 400, source: 'RFC 6749 §4.1.2.1, §5.2; RFC 6750 §3.1' },
  invalid_client: { status: 401, source: 'RFC 6749 §5.2' },
  invalid_grant: { status: 400, source: 'RFC 6749 §5.2' },
  invalid_scope: { status: 400, source: 'RFC 6749 §4.1.2.1, §5.2' },
  unauthorized_client: { status: 400, source: 'RFC 6749 §4.1.2.1, §5.2' },
  unsupported_grant_type: { status: 400, source: 'RFC 6749 §5.2' },
  unsupported_response_type: { status: 400, source: 'RFC 6749 §4.1.2.1' },
  access_denied: { status: 403, source: 'RFC 6749 §4.1.2.1' },
  server_error: { status: 500, source: 'RFC 6749 §4.1.2.1' },
  temporarily_unavailable: { status: 503, source: 'RFC 6749 §4.1.2.1' },

  invalid_token: { status: 401, source: 'RFC 6750 §3.1' },
  insufficient_scope: { status: 403, source: 'RFC 6750 §3.1' },

  unsupported_token_type: { status: 400, source: 'RFC 7009 §2.2.1' },

  invalid_redirect_uri: { status: 400, source: 'RFC 7591 §3.2.2' },
  invalid_client_metadata: { status: 400, source: 'RFC 7591 §3.2.2' },
  invalid_software_statement: { status: 400, source: 'RFC 7591 §3.2.2' },
  unapproved_software_statement: { status: 400, source: 'RFC 7591 §3.2.2' },

  login_required: { status: 400, source: 'OIDC Core §3.1.2.6' },
  interaction_required: { status: 400, source: 'OIDC Core §3.1.2.6' },
  consent_required: { status: 400, source: 'OIDC Core §3.1.2.6' },
  account_selection_required: { status: 400, source: 'OIDC Core §3.1.2.6' },
  request_not_supported: { status: 400, source: 'OIDC Core §3.1.2.6' },
  request_uri_not_supported: { status: 400, source: 'OIDC Core §3.1.2.6' },
  registration_not_supported: { status: 400, source: 'OIDC Core §3.1.2.6' },
  unmet_authentication_requirements: { status: 400, source: 'OIDC Core Unmet Authentication Requirements 1.0 §3' },

  invalid_target: { status: 400, source: 'RFC 8707 §2' },

  mfa_token_required: { status: 401, source: 'OpenEMR password grant' },
  mfa_token_invalid: { status: 401, source: 'OpenEMR password grant' },
  mfa_not_supported: { status: 403, source: 'OpenEMR password grant' },
} as const satisfies Record<string, ErrorDefinition>;

export type OAuthErrorCode = keyof typeof OAUTH_ERRORS;

/** A status that says more about the transport than the code's own: only these may replace it. @see RFC 9110 §15.5; RFC 6585 §4 */
export type TransportStatus = 404 | 405 | 406 | 408 | 413 | 414 | 415 | 421 | 429 | 431;

export interface OAuthErrorOptions {
  /** For log and audit only; never leaves the server. */
  readonly detail?: string;
  readonly cause?: unknown;
  /** Where the refusal is delivered; without one it is shown where the request was made. */
  readonly target?: RedirectTarget;
  /** Replaces the status of the code. */
  readonly status?: TransportStatus;
  /** Seconds after which it makes sense to try again. */
  readonly retryAfter?: number;
  /** The limit of requests that was reached. */
  readonly quota?: Quota;
  /** Which case it is, in the EHR's words; told only to clients that need them (`ehr-token-errors`). */
  readonly hint?: string;
  /** Replaces what is said where the error is shown as JSON. */
  readonly wire?: ErrorWire;
}

/** An answer in other words than RFC 6749 has. */
export interface ErrorWire {
  readonly status: number;
  readonly body: object;
}

/**
 * A refusal which the specifications have a code for: the only error that protocol code throws.
 * `description` is read by the developer of the client: no user data, no secrets. `detail` is for the operator.
 */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  /** The HTTP status where the error is shown rather than redirected. */
  readonly status: number;
  readonly detail: string | undefined;
  readonly target: RedirectTarget | undefined;
  /** Seconds; undefined when there is nothing to wait for. */
  readonly retryAfter: number | undefined;
  readonly quota: Quota | undefined;
  readonly hint: string | undefined;
  readonly wire: ErrorWire | undefined;
  readonly #options: OAuthErrorOptions;

  /**
   * @param code one of the closed table
   * @param description what is wrong, in words that may be sent
   */
  constructor(
    readonly code: OAuthErrorCode,
    readonly description: string,
    options: OAuthErrorOptions = {},
  ) {
    super(`${code}: ${description}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.status = options.status ?? OAUTH_ERRORS[code].status;
    this.detail = options.detail;
    this.target = options.target;
    this.retryAfter = options.retryAfter;
    this.quota = options.quota;
    this.hint = options.hint;
    this.wire = options.wire;
    this.#options = options;
  }

  /**
   * The same refusal, addressed to the client. An error that already has a target keeps it: whoever set it knew more.
   * @param target the proven address
   */
  withTarget(target: RedirectTarget): OAuthError {
    return this.target ? this : this.with({ target });
  }

  /** The same refusal, said in other words to whoever made the request. */
  withWire(wire: ErrorWire): OAuthError {
    return this.with({ wire });
  }

  private with(options: OAuthErrorOptions): OAuthError {
    const changed = new OAuthError(this.code, this.description, { ...this.#options, ...options });
    if (this.stack !== undefined) changed.stack = this.stack; // the log should show where the rule was broken, not where it was changed
    return changed;
  }
}

/**
 * Runs checks whose refusals may go to the client, because `target` is proven.
 * @returns what the checks return
 * @throws OAuthError with the target; anything else that is thrown passes unchanged
 * @see RFC 6749 §4.1.2.1
 */
export function addressedTo<T>(target: RedirectTarget, checks: () => T): T {
  try {
    return checks();
  } catch (error) {
    throw error instanceof OAuthError ? error.withTarget(target) : error;
  }
}

/**
 * What is told to the outside about anything that was thrown: a refusal stays itself, everything else is a bug and becomes `server_error`,
 * whose description says nothing about it. The original is kept as `cause`.
 * @see RFC 6749 §4.1.2.1
 */
export function asOAuthError(thrown: unknown): OAuthError {
  if (thrown instanceof OAuthError) return thrown;
  const detail = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : 'something that is not an Error was thrown';
  return new OAuthError('server_error', 'The server met an unexpected condition and could not answer.', { cause: thrown, detail });
}
