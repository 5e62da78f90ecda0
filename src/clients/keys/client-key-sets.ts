import { Injectable } from '@nestjs/common';
import { type ClientKey, findClientKeys } from '../../protocol/client/assertion-keys.js';
import type { Client } from '../client.entity.js';
import { KeySetError } from './key-set-error.js';
import { RemoteKeySets } from './remote-key-sets.js';

/** Registered sets that stay read; of more, the oldest is forgotten. */
const MOST = 1_000;

type Registered = Pick<Client, 'jwks' | 'jwksUri'>;

/** The public keys of clients: registered with them, or at the address that was. */
@Injectable()
export class ClientKeySets {
  /** By their text, so that a changed row is a new set. */
  private readonly read = new Map<string, readonly ClientKey[]>();

  constructor(private readonly remote: RemoteKeySets) {}

  /**
   * The keys of a client. An address wins over what is beside it, as at the EHR's own server.
   * @throws KeySetError when there are none, or they cannot be had
   */
  get({ jwks, jwksUri }: Registered): Promise<readonly ClientKey[]> {
    if (isGiven(jwksUri)) return this.remote.get(jwksUri);
    if (isGiven(jwks)) return Promise.resolve().then(() => this.readOnce(jwks));
    return Promise.reject(new KeySetError('there are none: neither jwks nor jwks_uri is registered'));
  }

  /**
   * The keys anew, where they are at an address: one that was missing may be there now.
   * @returns null when there can be no others
   * @throws KeySetError
   */
  getNewer({ jwksUri }: Registered): Promise<readonly ClientKey[] | null> {
    return isGiven(jwksUri) ? this.remote.getNewer(jwksUri) : Promise.resolve(null);
  }

  private readOnce(jwks: string): readonly ClientKey[] {
    const known = this.read.get(jwks);
    if (known) return known;
    const keys = findClientKeys(parse(jwks));
    if (keys === null) throw new KeySetError('the registered jwks is not a key set'); // the EHR does not check what is written there
    const [oldest] = this.read.keys();
    if (this.read.size >= MOST && oldest !== undefined) this.read.delete(oldest);
    this.read.set(jwks, keys);
    return keys;
  }
}

function isGiven(text: string | null): text is string {
  return text !== null && text !== '';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
