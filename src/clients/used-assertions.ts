import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThan, Repository } from 'typeorm';
import type { AssertionClaims } from '../protocol/client/assertion-claims.js';
import { Clock } from '../platform/ambient/clock.js';
import { deleteInBatches } from '../platform/database/delete-in-batches.js';
import { isDuplicate } from '../platform/database/duplicate.js';
import { insertRow } from '../platform/database/mapped-statements.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { hasTable } from '../platform/ehr/since.js';
import { findAssertionUse } from './assertion-use.query.js';
import { AssertionHistory } from './assertion-history.entity.js';
import type { Client } from './client.entity.js';
import { UsedAssertion } from './used-assertion.entity.js';

/** Characters of the EHR's column jwt_grant_history.jti; it could not recognise a longer one, so that none is told to it. */
const LONGEST_OF_EHR = 100;

/** What is remembered of an assertion, made before the transaction, which waits for nothing but its own connection. */
export interface AssertionNote extends AssertionClaims {
  /** Text of the EHR's clock. */
  readonly createdAt: string;
}

/** Remembers which assertions were used, until they end: in our table, where replicas meet, and in the EHR's, where its own server looks. */
@Injectable()
export class UsedAssertions {
  constructor(
    @InjectRepository(UsedAssertion) private readonly used: Repository<UsedAssertion>,
    @InjectRepository(AssertionHistory) private readonly history: Repository<AssertionHistory>,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
  ) {}

  /**
   * Who is said to have made an assertion, and whether it was used before, here or at the EHR's own server: it refuses a jti for ever; here it
   * counts until the assertion ends, and without an end for ever.
   * @see RFC 7523 §3 (7); OIDC Core §9
   */
  async find(
    claims: AssertionClaims,
  ): Promise<{ readonly client: Client | null; readonly wasUsed: boolean; readonly note: AssertionNote }> {
    const { clientId, jti } = claims;
    const source = this.used.manager.dataSource;
    const { client, isOnRecord, history } = await findAssertionUse(source, { clientId, jti, id: idOf(clientId, jti) });
    const now = this.ehrClock.timestampText(this.clock.now());
    const isKnownToEhr = history.some(
      (row) => row.jti === jti && row.clientId === clientId && (row.expiresAt === null || row.expiresAt >= now), // MySQL disregards case
    );
    const note = { ...claims, createdAt: await this.ehrClock.nowText() };
    return { client, wasUsed: isOnRecord || isKnownToEhr, note };
  }

  /**
   * Uses an assertion up that was not used when it was looked for. Of all who try at once, here and on other replicas, the primary key lets one
   * through.
   * @returns false when another was faster
   */
  async spend(tx: Transaction, { clientId, jti, acceptableUntil: expiresAt, createdAt }: AssertionNote): Promise<boolean> {
    try {
      await insertRow(tx, UsedAssertion, { id: idOf(clientId, jti), clientId, jti, expiresAt });
    } catch (error) {
      if (isDuplicate(error)) return false;
      throw error;
    }
    if (jti.length > LONGEST_OF_EHR || !hasTable(tx.dataSource, AssertionHistory)) return true;
    await insertRow(tx, AssertionHistory, { clientId, jti, expiresAt: this.ehrClock.timestampText(expiresAt), createdAt });
    return true;
  }

  /** Forgets assertions that have ended, with the rows of the EHR's table that came with them. @returns how many of ours */
  deleteExpired(now: Date): Promise<number> {
    const find = async (take: number): Promise<string[]> => {
      const rows = await this.used.find({ where: { expiresAt: LessThan(now) }, order: { expiresAt: 'ASC' }, take });
      await this.deleteHistory(rows, now);
      return rows.map(({ id }) => id);
    };
    return deleteInBatches(find, (ids) => this.used.delete({ id: In(ids) }));
  }

  private async deleteHistory(rows: readonly UsedAssertion[], now: Date): Promise<void> {
    if (rows.length === 0 || !hasTable(this.history.manager.dataSource, AssertionHistory)) return;
    const [clientIds, jtis] = [rows.map(({ clientId }) => clientId), rows.map(({ jti }) => jti)];
    await this.history.delete({ jti: In(jtis), clientId: In(clientIds), expiresAt: LessThan(this.ehrClock.timestampText(now)) });
  }
}

function idOf(clientId: string, jti: string): string {
  return createHash('sha256')
    .update(JSON.stringify([clientId, jti]))
    .digest('hex');
}
