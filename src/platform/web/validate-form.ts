import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { hintAt } from '../../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import type { SentParameters } from '../../protocol/parameters/form.js';

/**
 * Turns a form into a request object: unknown parameters are ignored, empty ones are absent, repeated ones refused.
 * @param Request class with class-validator rules, one property per parameter, by its wire name
 * @throws OAuthError invalid_request naming the first parameter that does not fit
 * @see RFC 6749 §3.2
 */
export function validateForm<T extends object>(Request: new () => T, form: SentParameters): T {
  const values = Object.fromEntries([...form.names()].map((name) => [name, form.one(name)]));
  return validated(Request, values);
}

/**
 * The same for a JSON body.
 * @throws OAuthError with the given code
 */
export function validateJson<T extends object>(
  Request: new () => T,
  body: unknown,
  code: 'invalid_request' | 'invalid_client_metadata',
): T {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new OAuthError(code, 'the body must be a JSON object');
  return validated(Request, body, code);
}

function validated<T extends object>(
  Request: new () => T,
  values: object,
  code: 'invalid_request' | 'invalid_client_metadata' = 'invalid_request',
): T {
  const request = plainToInstance(Request, values);
  const [error] = validateSync(request, { whitelist: true });
  if (error) throw new OAuthError(code, describe(error), { hint: hintAt(error.property) });
  return request;
}

function describe(error: ValidationError): string {
  const [message] = Object.values(error.constraints ?? {});
  if (message !== undefined) return message;
  const [child] = error.children ?? [];
  return child ? `${error.property}: ${describe(child)}` : `${error.property} is not valid`;
}
