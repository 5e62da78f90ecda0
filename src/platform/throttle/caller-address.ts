import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i; // RFC 4291 §2.5.5.2
const NETWORK_GROUPS = 4;
const GROUPS = 8;

/**
 * What requests of one caller are counted by: its IPv4 address, or the network of its IPv6 address, within which a caller may change its
 * address at will (RFC 4291 §2.5.4, RFC 8981).
 * @param address as the trusted proxies tell it
 */
export function callerAddress(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${networkOf(address)}::/64` : address;
}

/** The first 64 bits, in the groups of their text. */
function networkOf(address: string): string {
  const [head = '', tail] = address.replace(/%.*$/, '').split('::', 2);
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, GROUPS - groups.length - after.length) }, () => '0');
  const all = tail === undefined ? groups : [...groups, ...zeros, ...after];
  return all
    .slice(0, NETWORK_GROUPS)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
