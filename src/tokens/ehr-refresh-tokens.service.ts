import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { isDuplicate } from '../platform/database/duplicate.js';
import type { Transaction } from '../platform/database/transactions.js';
import { hasTable } from '../platform/ehr/since.js';
import { PeopleService } from '../sign-in/people.service.js';
import { hashOf } from './authorization-codes.service.js';
import { EhrOpaqueTokens } from './ehr-opaque-tokens.service.js';
import { type EhrRefreshToken, ehrRefreshTokenText, findEhrRefreshToken } from './ehr-refresh-token.js';
import { type EhrRefreshState, getEhrRefreshState } from './ehr-refresh-state.query.js';
import { type GrantFacts, type Issued, OvertakenError } from './issuable-grant.js';
import { endAccessTokens, endRefreshTokens } from './ehr-token-rows.js';
import { Issuance } from './issuance.entity.js';
import { findRefreshState, type RefreshState } from './refresh-state.query.js';
import type { FreshRefreshToken } from './fresh-refresh-token.js';
import { RefreshToken } from './refresh-token.entity.js';
import { TokenRecords } from './token-records.service.js';
import { getUnrecordedRefreshState } from './unrecorded-refresh-state.query.js';

const GRANT_ID_BYTES = 32;
const IDENTIFIER_BYTES = 40;
/** Where the EHR does not say how the trust began. */
const USUAL_GRANT_TYPE = 'authorization_code';

/**
 * Refresh tokens that the EHR's own server issued. The first exchange here makes them the oldest member of a family of ours: from then
 * on they are judged, repetition included, like any other.
 */
@Injectable()
export class EhrRefreshTokens {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly opaqueTokens: EhrOpaqueTokens,
    private readonly records: TokenRecords,
    private readonly people: PeopleService,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /**
   * Seals a refresh token of ours in the EHR's form, so that its server would accept it.
   * @throws OAuthError temporarily_unavailable when too many wait already
   */
  async seal(token: Omit<EhrRefreshToken, 'identifier'>): Promise<FreshRefreshToken> {
    const identifier = this.random.hex(IDENTIFIER_BYTES);
    const text = await this.opaqueTokens.seal(ehrRefreshTokenText({ ...token, identifier }));
    return { text, identifier, sealedHash: hashOf(text) };
  }

  /**
   * One that was issued or exchanged here is found by its hash; only a new one costs the work of opening it.
   * @param text of a form that `isEhrOpaqueToken` recognizes
   * @returns null when it is no refresh token of this site, or of nobody the EHR knows
   * @throws OAuthError temporarily_unavailable when too many wait to be opened
   */
  async find(text: string): Promise<RefreshState | null> {
    const sealedHash = hashOf(text);
    const known = await this.findKnown(sealedHash);
    if (known !== null) return known;
    const members = await this.opaqueTokens.open(text);
    const token = members && findEhrRefreshToken(members);
    if (!token) return null;
    const { state: adopted } = await findRefreshState(this.source, token.identifier, null);
    if (adopted !== null) return adopted;
    const person = await this.people.find(token.subject);
    if (person === null) return null;
    const { identifier, jti, expiresAt } = token;
    const isRecorded = hasTable(this.source, RefreshToken);
    const state = await (isRecorded ? getEhrRefreshState : getUnrecordedRefreshState)(this.source, token);
    return {
      identifier,
      jti,
      grant: this.familyFor(token, person.role, state),
      expiresAt,
      isEnded: !state.isTrusted,
      isRevoked: state.isRevoked,
      rotatedAt: null,
      successor: null,
      isOfEhr: true,
      sealedHash,
      person: null,
    };
  }

  /**
   * Exchanges a token for one of ours, which the same transaction stores, and begins the family of both. As the EHR does at a rotation,
   * the token and its access token are marked as revoked.
   * @throws OvertakenError when it was exchanged or revoked meanwhile, here or there
   */
  async adopt(tx: Transaction, state: RefreshState, issued: Issued): Promise<void> {
    await this.records.beginGrant(tx, state.grant, issued);
    if ((await this.revoke(tx, state)) === 0) throw new OvertakenError();
    await remember(tx, state, issued.issuedAt, issued.jti);
  }

  /** Ends a token and the access token that came with it, or the family it became part of meanwhile. @returns whether something ended now */
  async end(tx: Transaction, state: RefreshState): Promise<boolean> {
    const revoked = await this.revoke(tx, state);
    if (revoked === 1) return true;
    const adopted = await tx.findOneBy(Issuance, { refreshIdentifier: state.identifier });
    if (adopted !== null) return this.records.endGrant(tx, adopted.grantId);
    return revoked === null && this.endUnrecorded(tx, state);
  }

  /** The EHR has no place to note it: it becomes the only member of a family that has ended. */
  private async endUnrecorded(tx: Transaction, state: RefreshState): Promise<boolean> {
    const { jti, identifier, sealedHash, expiresAt } = state;
    const now = this.clock.now();
    await this.records.beginGrant(tx, state.grant, {
      jti,
      refreshIdentifier: identifier,
      sealedHash,
      issuedAt: now,
      accessExpiresAt: now,
      expiresAt,
    });
    await remember(tx, state, now, null);
    return this.records.endGrant(tx, state.grant.id);
  }

  /** @returns 1 when it was alive until now, 0 when not; null when the EHR keeps no record of refresh tokens */
  private async revoke(tx: Transaction, { identifier, jti }: RefreshState): Promise<number | null> {
    const revoked = await endRefreshTokens(tx, { identifier });
    if (revoked !== 0) await endAccessTokens(tx, { jti });
    return revoked;
  }

  private async findKnown(sealedHash: string): Promise<RefreshState | null> {
    const issuance = await this.source.getRepository(Issuance).findOne({ select: { refreshIdentifier: true }, where: { sealedHash } });
    return issuance?.refreshIdentifier ? (await findRefreshState(this.source, issuance.refreshIdentifier, null)).state : null;
  }

  private familyFor({ clientId, subject, scope }: EhrRefreshToken, role: GrantFacts['role'], state: EhrRefreshState): GrantFacts {
    return {
      id: this.random.token(GRANT_ID_BYTES),
      clientId,
      subject,
      role,
      grantType: state.grantType ?? USUAL_GRANT_TYPE,
      scope: [...scope],
      sid: null,
      authTime: null,
      amr: [],
      acr: null,
      launchContext: readContext(state.context),
    };
  }
}

/**
 * Remembers a token of the EHR as one of ours from now on: it does not say when it was issued.
 * @param successor `jti` of what it is exchanged for; null when it just ends
 * @throws OvertakenError when it is remembered already: where the EHR keeps no record, this is what makes an exchange happen once
 */
async function remember(tx: Transaction, state: RefreshState, now: Date, successor: string | null): Promise<void> {
  const { jti, grant, identifier, sealedHash, expiresAt } = state;
  const row = { jti, grantId: grant.id, refreshIdentifier: identifier, sealedHash, scope: [...grant.scope], issuedAt: now, expiresAt };
  try {
    await tx.insert(Issuance, { ...row, rotatedAt: successor === null ? null : now, successorJti: successor });
  } catch (error) {
    throw isDuplicate(error) ? new OvertakenError() : error;
  }
}

/** PHP writes an empty list where there is no context. */
function readContext(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
  } catch {
    return {}; // a damaged row: the tokens go without a context
  }
}
