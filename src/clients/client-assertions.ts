import { Injectable } from '@nestjs/common';
import { badAssertion, readAssertion, type ReadAssertion } from '../protocol/client/assertion.js';
import { checkAssertionClaims } from '../protocol/client/assertion-claims.js';
import { candidateKeys, type ClientKey } from '../protocol/client/assertion-keys.js';
import type { AssertionCredentials } from '../protocol/client/presented-credentials.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';
import { ClientKeySets } from './keys/client-key-sets.js';
import { isSignedBy } from './keys/is-signed-by.js';
import { KeySetError } from './keys/key-set-error.js';
import { UsedAssertions } from './used-assertions.js';

/** Proves clients by what they have signed (`private_key_jwt`). */
@Injectable()
export class ClientAssertions {
  constructor(
    private readonly clients: ClientsService,
    private readonly keySets: ClientKeySets,
    private readonly used: UsedAssertions,
    private readonly transactions: Transactions,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /**
   * Proves which client has signed an assertion, and uses the assertion up. What costs nothing is looked at first: no key is fetched for
   * an assertion that would be refused whoever signed it.
   * @param path of the endpoint that was called, which the assertion may name as its audience; undefined where it has none of its own
   * @throws OAuthError invalid_client, in the same words whatever it was
   * @see RFC 7523 §3; OIDC Core §9
   */
  async prove({ assertion, clientId }: AssertionCredentials, path: string | undefined): Promise<Client> {
    const read = readAssertion(assertion);
    const claims = checkAssertionClaims(read.claims, { clientId, audiences: this.audiences(path), now: this.clock.now() });
    const client = await this.clients.find(claims.clientId);
    if (client === null) throw badAssertion('unknown client');
    if (!client.isConfidential) throw badAssertion(`client ${client.clientId} is public and sent an assertion`);
    if (!(await this.hasSigned(client, assertion, read))) {
      throw badAssertion(`client ${client.clientId} sent an assertion that no key of it has signed (${read.algorithm})`);
    }
    if (!(await this.transactions.run((tx) => this.used.spend(tx, claims)))) {
      throw badAssertion(`client ${client.clientId} sent an assertion that was used before`); // RFC 7523 §3 (7)
    }
    return client;
  }

  private audiences(path: string | undefined): string[] {
    const { issuer, publicUrl } = this.config;
    return [issuer, `${issuer}/token`, ...(path === undefined ? [] : [`${publicUrl.origin}${path}`])];
  }

  private async hasSigned(client: Client, text: string, read: ReadAssertion): Promise<boolean> {
    try {
      const candidates = candidateKeys(await this.keySets.get(client), read);
      if (await isSignedByOne(text, candidates, read)) return true;
      if (read.keyId !== null && candidates.length > 0) return false; // the key is known, and it has not signed this
      const newer = await this.keySets.getNewer(client);
      return newer !== null && (await isSignedByOne(text, candidateKeys(newer, read), read));
    } catch (cause) {
      if (!(cause instanceof KeySetError)) throw cause;
      throw badAssertion(`the keys of client ${client.clientId} cannot be had: ${cause.message}`, cause);
    }
  }
}

async function isSignedByOne(text: string, keys: readonly ClientKey[], { algorithm }: ReadAssertion): Promise<boolean> {
  for (const key of keys) if (await isSignedBy(text, key, algorithm)) return true;
  return false;
}
