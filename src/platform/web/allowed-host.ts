import type { Config } from '../config/config.js';

const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/i;

/**
 * Whether a request may address us by this host: the one of PUBLIC_URL, one of the allowed ones, or, on a machine of one's own, any name of loopback.
 * @param host as sent, with the port where it is not the default one
 */
export function isAllowedHost(host: string, config: Pick<Config, 'publicUrl' | 'allowedHosts'>): boolean {
  if (host.toLowerCase() === config.publicUrl.host || config.allowedHosts.includes(host.toLowerCase())) return true;
  if (!/^(\[[0-9a-f:]+\]|[a-z0-9.-]+)(:\d{1,5})?$/i.test(host)) return false;
  return LOOPBACK.test(config.publicUrl.hostname) && LOOPBACK.test(host.replace(/:\d+$/, ''));
}
