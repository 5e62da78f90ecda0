import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { KeySetError } from './key-set-error.js';
import { NameResolver } from './name-resolver.js';
import { isLoopbackAddress, isPublicAddress } from './public-address.js';

const LOCAL_NAME = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Decides from where keys may be fetched. Anyone may register a `jwks_uri`, so without this the server could be sent to whatever it can
 * reach: the clinic's network, its own machine, the metadata service of a cloud.
 * @see RFC 7591 §5; OWASP on server-side request forgery
 */
@Injectable()
export class KeySetHosts {
  /** Whether this server itself is only for its own machine, as in the demo. */
  private readonly isLocal: boolean;

  constructor(
    private readonly resolver: NameResolver,
    private readonly config: Config,
  ) {
    this.isLocal = LOCAL_NAME.test(config.publicUrl.hostname);
  }

  /**
   * Finds the addresses behind a URL, which are the only ones that may be connected to: a name could lead elsewhere a moment later.
   * @throws KeySetError when one of them is not public and the host not allowed (CHARTKEY_JWKS_ALLOWED_HOSTS), or for another scheme than
   * https; http is for this machine alone
   */
  async check(url: URL): Promise<LookupAddress[]> {
    if (url.protocol !== 'https:' && url.protocol !== 'http:') throw new KeySetError(`${url.protocol} is not https`);
    const isAllowed = this.config.jwksAllowedHosts.some((host) => host === url.hostname || host === url.host);
    const addresses = await this.resolve(url.hostname, isAllowed);
    if (addresses.length === 0) throw new KeySetError(`${url.hostname} has no address`);
    for (const { address } of addresses) {
      const isOwn = isLoopbackAddress(address);
      if (url.protocol === 'http:' && !isOwn) throw new KeySetError(`${url.hostname} must be asked by https`);
      if (!isAllowed && !(isOwn && this.isLocal) && !isPublicAddress(address)) {
        throw new KeySetError(`${url.hostname} is at ${address}, which is not public; see CHARTKEY_JWKS_ALLOWED_HOSTS`);
      }
    }
    return addresses;
  }

  private async resolve(hostname: string, isAllowed: boolean): Promise<LookupAddress[]> {
    const literal = hostname.replace(/^\[(.*)\]$/, '$1');
    const family = isIP(literal);
    if (family !== 0) return [{ address: literal, family }];
    try {
      return await (isAllowed || LOCAL_NAME.test(hostname) ? this.resolver.resolveTrusted(hostname) : this.resolver.resolve(hostname));
    } catch (cause) {
      throw new KeySetError(`${hostname} has no address that could be found`, { cause });
    }
  }
}
