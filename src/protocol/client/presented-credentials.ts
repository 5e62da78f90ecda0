import { OAuthError } from '../errors/oauth-error.js';

/** The credential fields of a form, by their wire names. An empty value counts as absent. */
export interface CredentialsForm {
  readonly client_id?: string | undefined;
  readonly client_secret?: string | undefined;
  readonly client_assertion?: string | undefined;
  readonly client_assertion_type?: string | undefined;
}

/** Says who it is and proves nothing: right for public clients alone. */
export interface NoCredentials {
  readonly method: 'none';
  readonly clientId: string;
}

export interface SecretCredentials {
  readonly method: 'client_secret_basic' | 'client_secret_post';
  readonly clientId: string;
  /** As presented. Compare it in constant time, and never log it. */
  readonly secret: string;
}

/**
 * A signed statement of the client. Here it is only recognised: its signature and claims are not looked at, so whoever receives this
 * must verify them (RFC 7523 §3) or refuse the client. `clientId` is a claim of the sender; null when it stands in the assertion alone.
 */
export interface AssertionCredentials {
  readonly method: 'private_key_jwt';
  readonly clientId: string | null;
  readonly assertion: string;
}

/** How a client presents itself. Nothing is proven yet. */
export type PresentedCredentials = NoCredentials | SecretCredentials | AssertionCredentials;

/** How a client may authenticate at the token endpoint. @see RFC 7591 §2 token_endpoint_auth_method */
export type ClientAuthMethod = PresentedCredentials['method'];

interface BasicCredentials {
  readonly clientId: string;
  /** Undefined when nothing follows the colon. */
  readonly secret: string | undefined;
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'; // RFC 7523 §2.2
const VISIBLE = /^[\x20-\x7e]+$/; // RFC 6749 appendix A.1, A.2

/**
 * Decides by which one method a client presents itself, and what it presents.
 * @param authorization value of the Authorization header; undefined without one. Schemes other than Basic are no client authentication
 * and are passed over: apps add their bearer token to every request.
 * @param form credential fields of the body
 * @throws OAuthError invalid_client when nobody is named or the Basic header cannot be read (answer it with a Basic challenge);
 * invalid_request when two methods are used, the names differ, or a field has no meaning alone
 * @see RFC 6749 §2.3, §2.3.1; RFC 7521 §4.2
 */
export function checkPresentedCredentials(authorization: string | undefined, form: CredentialsForm): PresentedCredentials {
  const basic = findBasicCredentials(authorization);
  const bodyClientId = findField(form.client_id);
  const bodySecret = findField(form.client_secret);
  const assertion = checkAssertion(form);
  checkSingleMethod([basic !== null, bodySecret !== undefined, assertion !== null]);
  if (bodyClientId !== undefined && !VISIBLE.test(bodyClientId)) {
    throw new OAuthError('invalid_request', 'client_id holds a character that is not allowed'); // RFC 6749 appendix A.1
  }
  if (basic !== null) return basicPresented(basic, bodyClientId);
  if (assertion !== null) return { method: 'private_key_jwt', clientId: bodyClientId ?? null, assertion }; // RFC 7521 §4.2: client_id is optional
  if (bodyClientId === undefined) throw nobodyNamed(bodySecret);
  if (bodySecret !== undefined) return { method: 'client_secret_post', clientId: bodyClientId, secret: bodySecret };
  return { method: 'none', clientId: bodyClientId };
}

function findField(value: string | undefined): string | undefined {
  return value === '' ? undefined : value; // RFC 6749 §3.2
}

function nobodyNamed(bodySecret: string | undefined): OAuthError {
  if (bodySecret !== undefined) return new OAuthError('invalid_request', 'client_id is missing beside client_secret'); // RFC 6749 §2.3.1
  return new OAuthError('invalid_client', 'the client did not say who it is: send client_id'); // RFC 6749 §5.2
}

function checkSingleMethod(used: readonly boolean[]): void {
  if (used.filter(Boolean).length > 1) {
    throw new OAuthError('invalid_request', 'more than one method of client authentication was used'); // RFC 6749 §2.3
  }
}

function checkAssertion(form: CredentialsForm): string | null {
  const assertion = findField(form.client_assertion);
  const type = findField(form.client_assertion_type);
  if (assertion === undefined && type === undefined) return null;
  if (assertion === undefined) throw new OAuthError('invalid_request', 'client_assertion is missing beside client_assertion_type');
  if (type === undefined) throw new OAuthError('invalid_request', 'client_assertion_type is missing beside client_assertion');
  if (type !== JWT_BEARER) throw new OAuthError('invalid_request', `client_assertion_type must be ${JWT_BEARER}`); // RFC 7523 §2.2
  return assertion;
}

function basicPresented(basic: BasicCredentials, bodyClientId: string | undefined): PresentedCredentials {
  if (bodyClientId !== undefined && bodyClientId !== basic.clientId) {
    throw new OAuthError('invalid_request', 'client_id differs from the one in the Authorization header');
  }
  if (basic.secret === undefined) return { method: 'none', clientId: basic.clientId };
  return { method: 'client_secret_basic', clientId: basic.clientId, secret: basic.secret };
}

function malformedBasic(detail: string): OAuthError {
  return new OAuthError('invalid_client', 'the Basic credentials in the Authorization header cannot be read', { detail });
}

function findBasicCredentials(authorization: string | undefined): BasicCredentials | null {
  const basic = /^basic(?:[ \t]+(.*))?$/is.exec(authorization?.trim() ?? ''); // RFC 9110 §11.1: the scheme in any case
  if (basic === null) return null;
  const pair = decodeBase64(basic[1] ?? '');
  const colon = pair.indexOf(':');
  if (colon === -1) throw malformedBasic('no colon'); // RFC 7617 §2
  const clientId = formDecode(pair.slice(0, colon));
  const secret = formDecode(pair.slice(colon + 1));
  if (!VISIBLE.test(clientId)) throw malformedBasic('client_id empty or with a character that is not allowed');
  if (secret !== '' && !VISIBLE.test(secret)) throw malformedBasic('secret with a character that is not allowed');
  return { clientId, secret: findField(secret) };
}

function decodeBase64(encoded: string): string {
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) throw malformedBasic('not base64'); // RFC 9110 §11.2 token68
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(encoded, 'base64'));
  } catch {
    throw malformedBasic('not UTF-8');
  }
}

/** Undoes the encoding of RFC 6749 §2.3.1. Clients which send the raw values are understood where the two cannot be confused. */
function formDecode(value: string): string {
  try {
    return decodeURIComponent(value.replaceAll('+', ' '));
  } catch {
    return value;
  }
}
