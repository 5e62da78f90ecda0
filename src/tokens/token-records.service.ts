import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { insertRow } from '../platform/database/mapped-statements.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { AccessToken } from './access-token.entity.js';
import { AuthorizationCodesService } from './authorization-codes.service.js';
import { deleteInBatches } from '../platform/database/delete-in-batches.js';
import { endAccessTokens, endRefreshTokens, insertTokenRows } from './ehr-token-rows.js';
import { GrantRecord } from './grant.entity.js';
import { type GrantFacts, type IssuableGrant, type Issued, OvertakenError } from './issuable-grant.js';
import { Issuance } from './issuance.entity.js';
import { findLiveIssuances } from './live-issuances.query.js';
import type { RefreshToken } from './refresh-token.entity.js';

/** Days for which our records outlive their tokens, so that an expired token can be told from an unknown one. */
const REMEMBERED_DAYS = 7;
const DAY = 86_400_000;

/** The rows of one answer of the token endpoint, ready to be inserted. */
export interface IssuedRows {
  readonly accessToken: Omit<AccessToken, 'id'>;
  readonly refreshToken: Omit<RefreshToken, 'id'> | null;
  readonly issuance: Issuance;
}

/**
 * Remembers tokens: in the EHR's tables, whose API asks them, and in ours, which know the families. A grant's row is always locked
 * before the rows of its tokens, so that a family cannot gain a token while it is being ended.
 */
@Injectable()
export class TokenRecords {
  constructor(
    @InjectRepository(AccessToken) private readonly accessTokens: Repository<AccessToken>,
    @InjectRepository(GrantRecord) private readonly grants: Repository<GrantRecord>,
    @InjectRepository(Issuance) private readonly issuances: Repository<Issuance>,
    private readonly codes: AuthorizationCodesService,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
  ) {}

  /** Writes out the rows before the transaction, which waits for nothing but the database. */
  async rowsOf({ grant, scope }: IssuableGrant, issued: Issued): Promise<IssuedRows> {
    const { id: grantId, clientId, subject } = grant;
    const hasContext = Object.keys(grant.launchContext).length > 0;
    const { jti, refreshIdentifier, sealedHash, issuedAt, expiresAt } = issued;
    return {
      accessToken: {
        subject,
        clientId,
        jti,
        expiry: await this.ehrClock.text(issued.accessExpiresAt),
        scope: JSON.stringify(scope),
        isRevoked: false,
        context: hasContext ? JSON.stringify(grant.launchContext) : '[]', // as PHP writes an empty array
      },
      refreshToken:
        refreshIdentifier === null
          ? null
          : { subject, clientId, identifier: refreshIdentifier, expiry: await this.ehrClock.text(expiresAt), isRevoked: false },
      issuance: {
        jti,
        grantId,
        refreshIdentifier,
        sealedHash,
        scope: [...scope],
        issuedAt,
        expiresAt,
        rotatedAt: null,
        successorJti: null,
      },
    };
  }

  /** Stores one answer of the token endpoint. The grant must be in place, and locked by this transaction. */
  async insert(tx: Transaction, { accessToken, refreshToken, issuance }: IssuedRows): Promise<void> {
    await insertTokenRows(tx, accessToken, refreshToken);
    await insertRow(tx, Issuance, issuance);
  }

  async beginGrant(tx: Transaction, grant: GrantFacts, issued: Issued): Promise<void> {
    await insertRow(tx, GrantRecord, { ...grant, createdAt: issued.issuedAt, expiresAt: issued.expiresAt, endedAt: null });
  }

  /**
   * Moves the end of a grant to that of its newest tokens.
   * @throws OvertakenError when it was ended meanwhile
   */
  async extendGrant(tx: Transaction, id: string, expiresAt: Date): Promise<void> {
    const { affected } = await tx.update(GrantRecord, { id, endedAt: IsNull() }, { expiresAt });
    if (affected !== 1) throw new OvertakenError();
  }

  /**
   * Ends a grant and every token of it. One that has ended already, or was never begun, is left alone.
   * @returns whether it ended now
   */
  async endGrant(tx: Transaction, id: string): Promise<boolean> {
    const { affected } = await tx.update(GrantRecord, { id, endedAt: IsNull() }, { endedAt: this.clock.now() });
    if (affected === 1) await this.revokeTokensOf(tx, [id]);
    return affected === 1;
  }

  /** Ends whatever a person allowed a client: every token, and every code that is still on its way. */
  async endGrantsOf(tx: Transaction, clientId: string, subject: string): Promise<void> {
    await this.codes.spoilOf(tx, clientId, subject);
    const endedAt = this.clock.now();
    await tx.update(GrantRecord, { clientId, subject, endedAt: IsNull() }, { endedAt });
    const ended = await tx.find(GrantRecord, { select: { id: true }, where: { clientId, subject, endedAt } });
    await this.revokeTokensOf(
      tx,
      ended.map((grant) => grant.id),
    );
    await endRefreshTokens(tx, { clientId, subject }); // those that the EHR's own server issued
  }

  /**
   * Ends what was granted in one session of a browser: every token of it, and every code that is still on its way. Grants of the same
   * person from other sessions stay.
   * @param sid public name of the session, as in the `sid` claim
   */
  async endGrantsOfSession(tx: Transaction, sid: string): Promise<void> {
    await this.codes.spoilOfSession(tx, sid);
    const grants = await tx.find(GrantRecord, { select: { id: true }, where: { sid, endedAt: IsNull() }, order: { id: 'ASC' } });
    for (const { id } of grants) await this.endGrant(tx, id);
  }

  /** Ends what was granted for as long as the person is signed in (`online_access` alone), when they no longer are. @see SMART App Launch 2.2 §3.0.4 */
  async endOnlineGrantsOfSession(tx: Transaction, sid: string): Promise<void> {
    const grants = await tx.find(GrantRecord, {
      select: { id: true, scope: true },
      where: { sid, endedAt: IsNull() },
      order: { id: 'ASC' },
    });
    for (const { id, scope } of grants) {
      if (scope.includes('online_access') && !scope.includes('offline_access')) await this.endGrant(tx, id);
    }
  }

  /** Revokes one access token; the grant and its refresh token stay. @returns whether it ended now */
  async revokeAccessToken(jti: string): Promise<boolean> {
    return (await endAccessTokens(this.accessTokens.manager, { jti })) === 1;
  }

  /** Forgets grants and issuances that ended a while ago. The EHR's own tables are not emptied. @returns how many rows */
  async deleteExpired(now: Date): Promise<number> {
    const expiresAt = LessThan(new Date(now.getTime() - REMEMBERED_DAYS * DAY));
    const issuances = await deleteInBatches(
      async (take) => (await this.issuances.find({ select: { jti: true }, where: { expiresAt }, take })).map((issuance) => issuance.jti),
      (jtis) => this.issuances.delete({ jti: In(jtis) }),
    );
    const grants = await deleteInBatches(
      async (take) => (await this.grants.find({ select: { id: true }, where: { expiresAt }, take })).map((grant) => grant.id),
      (ids) => this.grants.delete({ id: In(ids) }),
    );
    return issuances + grants;
  }

  private async revokeTokensOf(tx: Transaction, grantIds: readonly string[]): Promise<void> {
    const live = await findLiveIssuances(tx, grantIds);
    const identifiers = live.flatMap(({ refreshIdentifier }) => refreshIdentifier ?? []);
    if (live.length > 0) await endAccessTokens(tx, { jti: In(live.map(({ jti }) => jti)) });
    if (identifiers.length > 0) await endRefreshTokens(tx, { identifier: In(identifiers) });
  }
}
