import type { LookupAddress } from 'node:dns';
import { lookup, Resolver } from 'node:dns/promises';
import { Injectable } from '@nestjs/common';

/** Milliseconds, and how often one name server is asked. */
const QUERY = { timeout: 1500, tries: 2 };

/** Finds the addresses of hosts. */
@Injectable()
export class NameResolver {
  /** Asks the operating system, `/etc/hosts` included. It uses a thread that signing needs too, so it is for hosts the operator named. */
  resolveTrusted(host: string): Promise<LookupAddress[]> {
    return lookup(host, { all: true, verbatim: true });
  }

  /** Asks the name servers, however long they take: nobody else waits for that. @throws Error when neither kind of address is found */
  async resolve(host: string): Promise<LookupAddress[]> {
    const resolver = new Resolver(QUERY);
    const [ipv4, ipv6] = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const found = [
      ...(ipv4.status === 'fulfilled' ? ipv4.value.map((address) => ({ address, family: 4 })) : []),
      ...(ipv6.status === 'fulfilled' ? ipv6.value.map((address) => ({ address, family: 6 })) : []),
    ];
    if (found.length === 0 && ipv4.status === 'rejected') throw ipv4.reason;
    return found;
  }
}
