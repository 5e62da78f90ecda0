import { createHash, timingSafeEqual } from 'node:crypto';
import type { Config } from '../config/config.js';
import { isAllowedHost } from '../web/allowed-host.js';

/** What is known about a request, as Fastify says it. */
export interface MetricsRequest {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** Address of the caller, behind trusted proxies. */
  readonly ip: string;
  /** Addresses from the connection to the caller; undefined where no proxy is trusted. */
  readonly ips?: readonly string[] | undefined;
  /** As sent. */
  readonly host: string;
}

type Settings = Pick<Config, 'metricsMode' | 'metricsToken' | 'publicUrl' | 'allowedHosts'>;

const LOOPBACK_ADDRESS = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d{1,5})?$/i;
/** Headers with which a proxy says that it speaks for another. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/** Decides whether a request may read the metrics: by its token, or by where it comes from. */
export function mayReadMetrics(request: MetricsRequest, settings: Settings): boolean {
  if (settings.metricsMode === 'off') return false;
  if (settings.metricsMode === 'on' || showsToken(request, settings)) return true;
  return isLocal(request) && (LOOPBACK_HOST.test(request.host) || isAllowedHost(request.host, settings)); // no page that has had its name point here
}

function showsToken({ headers }: MetricsRequest, { metricsToken }: Settings): boolean {
  const shown = /^bearer +(\S+)$/i.exec(String(headers['authorization'] ?? ''))?.[1]; // RFC 6750 §2.1
  return shown !== undefined && metricsToken !== null && timingSafeEqual(digest(shown), digest(metricsToken.reveal()));
}

/** Behind a proxy of this machine that nobody has named as trusted, every caller seems to be of this machine. */
function isLocal({ headers, ip, ips }: MetricsRequest): boolean {
  const isForwarded = FORWARDED.some((name) => headers[name] !== undefined);
  const isVouchedFor = ips !== undefined && ips.length > 1;
  return LOOPBACK_ADDRESS.test(ip) && (!isForwarded || isVouchedFor);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
