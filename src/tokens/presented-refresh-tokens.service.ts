import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.entity.js';
import type { RefreshState } from './refresh-state.query.js';
import { RefreshTokens } from './refresh-tokens.service.js';

interface Presented {
  readonly text: string;
  readonly state: RefreshState | null;
}

/** Refresh tokens that were read together with the client that presents them, until the grant asks for them: for the length of one request. */
@Injectable()
export class PresentedRefreshTokens {
  /** By the row that the request has read: another request has another one. */
  private readonly read = new WeakMap<Client, Presented>();

  constructor(private readonly refreshTokens: RefreshTokens) {}

  /**
   * Reads both.
   * @param text as the client presents it
   * @param clientId of the client that is said to; not proven yet
   * @returns the client; null where there is none, or where it was not read
   */
  async readAhead(text: string, clientId: string): Promise<Client | null> {
    const presented = await this.refreshTokens.readWithClient(text, clientId);
    if (!presented?.client) return null;
    this.read.set(presented.client, { text, state: presented.state });
    return presented.client;
  }

  /**
   * How the token stands that a client presents: as it was read with the client the first time, and anew from then on.
   * @returns null when it was issued neither here nor by the EHR's own server
   */
  async find(text: string, client: Client): Promise<RefreshState | null> {
    const ahead = this.read.get(client);
    this.read.delete(client);
    return ahead?.text === text ? ahead.state : this.refreshTokens.find(text);
  }
}
