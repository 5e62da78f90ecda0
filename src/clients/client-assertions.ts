import { Injectable } from '@nestjs/common';
import type { OAuthError } from '../protocol/errors/oauth-error.js';
import { badAssertion, readAssertion, type ReadAssertion } from '../protocol/client/assertion.js';
import { checkAssertionClaims } from '../protocol/client/assertion-claims.js';
import { candidateKeys, type ClientKey } from '../protocol/client/assertion-keys.js';
import type { AssertionCredentials } from '../protocol/client/presented-credentials.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import type { Client } from './client.entity.js';
import { ClientKeySets } from './keys/client-key-sets.js';
import { isSignedBy } from './keys/is-signed-by.js';
import { KeySetError } from './keys/key-set-error.js';
import { type AssertionNote, UsedAssertions } from './used-assertions.js';

/** Proves clients by what they have signed (`private_key_jwt`). */
@Injectable()
export class ClientAssertions {
  /** What proven clients have signed and not used up yet, for as long as their request lasts. */
  private readonly unspent = new WeakMap<Client, AssertionNote>();

  constructor(
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
   * @param isSpentLater the caller will `spend` it in a transaction of its own, or `settle`
   * @throws OAuthError invalid_client, in the same words whatever it was
   * @see RFC 7523 §3; OIDC Core §9
   */
  async prove({ assertion, clientId }: AssertionCredentials, path: string | undefined, isSpentLater = false): Promise<Client> {
    const read = readAssertion(assertion);
    const claims = checkAssertionClaims(read.claims, { clientId, audiences: this.audiences(path), now: this.clock.now() });
    const { client, wasUsed, note } = await this.used.find(claims);
    if (client === null) throw badAssertion('unknown client');
    if (!client.isConfidential) throw badAssertion(`client ${client.clientId} is public and sent an assertion`);
    if (!(await this.hasSigned(client, assertion, read))) {
      throw badAssertion(`client ${client.clientId} sent an assertion that no key of it has signed (${read.algorithm})`);
    }
    if (wasUsed) throw usedBefore(client); // RFC 7523 §3 (7)
    this.unspent.set(client, note);
    if (!isSpentLater) await this.settle(client);
    return client;
  }

  /**
   * Uses up the assertion of a client that was let off until now, in the transaction that stores what it is exchanged for.
   * @param client as it was proven
   * @throws OAuthError invalid_client when another request used it first
   */
  async spend(tx: Transaction, client: Client): Promise<void> {
    const note = this.unspent.get(client);
    if (note !== undefined && !(await this.used.spend(tx, note))) throw usedBefore(client);
  }

  /** Says that the transaction is over, and the assertion used up. */
  markSpent(client: Client): void {
    this.unspent.delete(client);
  }

  /** Uses the assertion up, whatever becomes of the request, unless it is already. @throws OAuthError as `spend` */
  async settle(client: Client): Promise<void> {
    if (!this.unspent.has(client)) return;
    await this.transactions.run((tx) => this.spend(tx, client));
    this.markSpent(client);
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

function usedBefore({ clientId }: Client): OAuthError {
  return badAssertion(`client ${clientId} sent an assertion that was used before`);
}

async function isSignedByOne(text: string, keys: readonly ClientKey[], { algorithm }: ReadAssertion): Promise<boolean> {
  for (const key of keys) if (await isSignedBy(text, key, algorithm)) return true;
  return false;
}
