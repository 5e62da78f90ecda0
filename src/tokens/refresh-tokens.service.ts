import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, IsNull } from 'typeorm';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { EhrRefreshToken } from './ehr-refresh-token.js';
import { EhrRefreshTokens } from './ehr-refresh-tokens.service.js';
import { isEhrOpaqueToken } from './ehr-sealed-members.js';
import { endAccessTokens, endRefreshTokens } from './ehr-token-rows.js';
import type { FreshRefreshToken } from './fresh-refresh-token.js';
import { type Issued, OvertakenError } from './issuable-grant.js';
import { Issuance } from './issuance.entity.js';
import { findRefreshState, type PresentedRefreshToken, type RefreshState } from './refresh-state.query.js';
import { rotateAtOnce } from './rotation.statement.js';
import { TokenRecords } from './token-records.service.js';

const TOKEN_BYTES = 40;
/** Hex digits, as long as the identifiers of the EHR's own refresh tokens. */
const IDENTIFIER_LENGTH = 80;

/** Refresh tokens: opaque to clients, exchanged for a successor at each use. */
@Injectable()
export class RefreshTokens {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly ehrTokens: EhrRefreshTokens,
    private readonly records: TokenRecords,
    private readonly random: Random,
    private readonly config: Config,
  ) {}

  /**
   * Draws a token: 320 bits of chance, base64url (RFC 6749 §10.10), or what the EHR's own server would accept, as the settings say.
   * @param facts what the EHR's form tells; ours tells nothing
   * @throws OAuthError temporarily_unavailable when too many of the EHR's form are being made
   */
  async draw(facts: Omit<EhrRefreshToken, 'identifier'>): Promise<FreshRefreshToken> {
    if (this.config.refreshTokenForm === 'ehr') return this.ehrTokens.seal(facts);
    const text = this.random.token(TOKEN_BYTES);
    return { text, identifier: identifierOf(text), sealedHash: null };
  }

  /**
   * @param text as the client presents it
   * @returns null when it was issued neither here nor by the EHR's own server
   * @throws OAuthError temporarily_unavailable when too many of the EHR's tokens wait to be opened
   */
  async find(text: string): Promise<RefreshState | null> {
    if (isEhrOpaqueToken(text)) return this.ehrTokens.find(text);
    return (await findRefreshState(this.source, identifierOf(text), null)).state;
  }

  /**
   * Reads a token together with the client that is said to present it, in one round trip: nothing of it counts before the client is proven.
   * @returns null for a token of the EHR's form, which is opened for proven clients only
   */
  async readWithClient(text: string, clientId: string): Promise<PresentedRefreshToken | null> {
    return isEhrOpaqueToken(text) ? null : findRefreshState(this.source, identifierOf(text), clientId);
  }

  /**
   * Exchanges a token for its successor, which the same transaction stores. The access token that came with it ends as well.
   * @throws OvertakenError when it was exchanged or its family ended meanwhile
   * @see RFC 9700 §4.14.2
   */
  async rotate(tx: Transaction, state: RefreshState, issued: Issued): Promise<void> {
    if (state.isOfEhr) return this.ehrTokens.adopt(tx, state, issued);
    if (await rotateAtOnce(tx, state, issued)) return;
    await this.records.extendGrant(tx, state.grant.id, issued.expiresAt); // one by one, which tells what is in the way
    const { affected } = await tx.update(
      Issuance,
      { jti: state.jti, rotatedAt: IsNull() },
      { rotatedAt: issued.issuedAt, successorJti: issued.jti },
    );
    if (affected !== 1) throw new OvertakenError();
    await this.revokePair(tx, state.jti, state.identifier);
  }

  /**
   * Replaces a successor that its client never received. The lost one then counts as exchanged at the same moment as its predecessor,
   * so that no repetition lengthens the time in which repetitions are allowed.
   * @throws OvertakenError when the successor was used, or replaced, meanwhile; OAuthError invalid_grant when an administrator revoked it
   */
  async replaceSuccessor(tx: Transaction, state: RefreshState, issued: Issued): Promise<void> {
    const { successor } = state;
    if (!successor || successor.identifier === null) throw new OvertakenError();
    await this.records.extendGrant(tx, state.grant.id, issued.expiresAt);
    const moved = await tx.update(Issuance, { jti: state.jti, successorJti: successor.jti }, { successorJti: issued.jti });
    const retired = await tx.update(
      Issuance,
      { jti: successor.jti, rotatedAt: IsNull() },
      { rotatedAt: state.rotatedAt ?? issued.issuedAt, successorJti: issued.jti },
    );
    if (moved.affected !== 1 || retired.affected !== 1) throw new OvertakenError();
    await this.revokePair(tx, successor.jti, successor.identifier);
  }

  /** Ends a token and every other one of its family. @returns whether it ended now */
  end(tx: Transaction, state: RefreshState): Promise<boolean> {
    return state.isOfEhr ? this.ehrTokens.end(tx, state) : this.records.endGrant(tx, state.grant.id);
  }

  /** As the EHR does at a rotation. @throws OAuthError invalid_grant when the refresh token was revoked meanwhile */
  private async revokePair(tx: Transaction, jti: string, identifier: string): Promise<void> {
    if ((await endRefreshTokens(tx, { identifier })) === 0)
      throw new OAuthError('invalid_grant', 'the refresh token has been revoked', { detail: 'revoked in the EHR' });
    await endAccessTokens(tx, { jti });
  }
}

/** The first 80 hex digits of SHA-512: 320 bits, from which the token cannot be found. */
function identifierOf(text: string): string {
  return createHash('sha512').update(text).digest('hex').slice(0, IDENTIFIER_LENGTH);
}
