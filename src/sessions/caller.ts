import type { FastifyRequest } from 'fastify';

/** Characters, as the columns have them. */
const LONGEST_USER_AGENT = 255;
const LONGEST_ADDRESS = 64;

/** From where somebody came, and with what. */
export interface Caller {
  /** What the browser or program says of itself; a claim, and as long as the column at most. */
  readonly userAgent: string | null;
  /** IP address, as the trusted proxies tell it. */
  readonly address: string | null;
}

/** Who calls, cut to what the columns take. */
export function callerOf({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>): Caller {
  return boundedCaller({ userAgent: headers['user-agent'] ?? null, address: ip });
}

export function boundedCaller({ userAgent, address }: Caller): Caller {
  return { userAgent: bounded(userAgent, LONGEST_USER_AGENT), address: bounded(address, LONGEST_ADDRESS) };
}

/** Printable ASCII, which is what such headers are made of: nothing that a page or a terminal could stumble over. */
function bounded(text: string | null, longest: number): string | null {
  const clean = (text ?? '')
    .replaceAll(/[^\x20-\x7e]+/g, ' ')
    .slice(0, longest)
    .trim();
  return clean === '' ? null : clean;
}
