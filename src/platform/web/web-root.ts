import type { Config } from '../config/config.js';

const WELL_KNOWN = '/.well-known/oauth-authorization-server';

/** A path without a route. */
const NOWHERE = '/.well-known/nowhere';

/**
 * Where a request is routed, of a server whose public address has a path (`https://host/openemr`). The endpoints are declared with that path;
 * what stands beside them (health, documentation, start page) is declared without, and is reached both ways.
 * @param url path and query as sent
 */
export function withoutWebRoot(url: string, { webRoot, prefix }: Pick<Config, 'webRoot' | 'prefix'>): string {
  if (webRoot === '') return url;
  const isBelow = (base: string): boolean => url.startsWith(base) && ['', '/', '?'].includes(url.charAt(base.length));
  if (isBelow(`/${prefix}`)) return url;
  if (isBelow(`${WELL_KNOWN}${webRoot}`)) return `${WELL_KNOWN}${url.slice(WELL_KNOWN.length + webRoot.length)}`; // RFC 8414 §3.1
  if (isBelow(`${WELL_KNOWN}/oauth2`)) return NOWHERE; // of an issuer without a web root, which is another one
  if (!isBelow(webRoot)) return url;
  const rest = url.slice(webRoot.length);
  if (rest.startsWith(`/${prefix}`)) return url; // a web root is not said twice
  return rest.startsWith('/') ? rest : `/${rest}`;
}

/** The path under which people and programs reach a path of the documentation: the counterpart of `withoutWebRoot`. */
export function underWebRoot(path: string, { webRoot, prefix }: Pick<Config, 'webRoot' | 'prefix'>): string {
  if (path.startsWith(`/${prefix}/`)) return path;
  return path.startsWith(`${WELL_KNOWN}/`) ? `${WELL_KNOWN}${webRoot}${path.slice(WELL_KNOWN.length)}` : `${webRoot}${path}`;
}
