import { Injectable } from '@nestjs/common';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import type { Client } from '../clients/client.entity.js';
import { Transactions } from '../platform/database/transactions.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { findAccessToken } from './genuine-access-token.js';
import { isJwtShaped } from './jwt-shape.js';
import { RefreshTokens } from './refresh-tokens.service.js';
import { TokenAudit } from './token-audit.js';
import { TokenRecords } from './token-records.service.js';

/** Ends tokens at the wish of their client. */
@Injectable()
export class RevocationService {
  constructor(
    private readonly records: TokenRecords,
    private readonly refreshTokens: RefreshTokens,
    private readonly transactions: Transactions,
    private readonly signer: JwtSigner,
    private readonly audit: TokenAudit,
  ) {}

  /**
   * Revokes an access token, or a refresh token with its whole grant. What is not a token of ours is as good as revoked. The hint is not
   * needed: the two kinds do not look alike.
   * @param client proven
   * @param address IP address of the client
   * @throws OAuthError invalid_request when `token` is missing; invalid_grant when it was issued to another client
   * @see RFC 7009 §2.1, §2.2
   */
  async revoke(form: SentParameters, client: Client, address: string): Promise<void> {
    const token = form.one('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing'); // RFC 7009 §2.1
    form.one('token_type_hint'); // may not be repeated
    if (isJwtShaped(token)) await this.revokeAccessToken(token, client, address);
    else await this.revokeGrant(token, client, address);
  }

  private async revokeAccessToken(text: string, client: Client, address: string): Promise<void> {
    const claims = await this.signer.verify(text);
    const token = claims && findAccessToken(claims);
    if (!token) return; // RFC 7009 §2.2: an invalid token needs no revoking
    checkOwner(token.clientId, client);
    const isNews = await this.records.revokeAccessToken(token.tokenId);
    if (isNews) await this.audit.revoked(token, 'an access token', address);
  }

  private async revokeGrant(text: string, client: Client, address: string): Promise<void> {
    const state = await this.refreshTokens.find(text);
    if (state === null) return; // RFC 7009 §2.2
    checkOwner(state.grant.clientId, client);
    const isNews = await this.transactions.run((tx) => this.refreshTokens.end(tx, state)); // RFC 7009 §2.1: the access tokens as well
    if (isNews) await this.audit.revoked(state.grant, 'a refresh token, with every token of its grant', address);
  }
}

function checkOwner(clientId: string, client: Client): void {
  if (clientId !== client.clientId) throw new OAuthError('invalid_grant', 'the token was issued to another client'); // RFC 7009 §2.1
}
