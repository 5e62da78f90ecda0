import type { OwnPageWish } from '../protocol/authorization/own-request.js';

/** Parameters of the address that leads to a page of ours by way of signing in. */
export const RETURN_TO = 'return_to';
export const MAX_AGE = 'max_age';

/**
 * Where somebody is sent who wants a page of ours and is not signed in, or not recently enough.
 * @param prefix of the protocol endpoints, such as `oauth2/default`
 */
export function ownPageAddress(prefix: string, { path, maxAge }: OwnPageWish): string {
  const query = new URLSearchParams({ [RETURN_TO]: path, ...(maxAge === null ? {} : { [MAX_AGE]: String(maxAge) }) });
  return `/${prefix}/sign-in?${query.toString()}`;
}
