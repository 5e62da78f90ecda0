import type { SentParameters } from '../protocol/parameters/form.js';
import type { NewPassword } from './password-change.service.js';

/** The fields of the form, for the OpenAPI document. */
export const NEW_PASSWORD_FIELDS = {
  current_password: { type: 'string', format: 'password' },
  new_password: { type: 'string', format: 'password' },
  new_password_again: { type: 'string', format: 'password', description: 'The same once more.' },
};

/** @throws OAuthError invalid_request for a repeated field */
export function readNewPassword(form: SentParameters): NewPassword & { readonly isAlike: boolean } {
  const next = form.one('new_password') ?? '';
  return { current: form.one('current_password') ?? '', next, isAlike: next === (form.one('new_password_again') ?? '') };
}
