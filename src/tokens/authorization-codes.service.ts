import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { ApprovedRequest } from './approved-request.js';
import { AuthorizationCode } from './authorization-code.entity.js';
import { deleteInBatches } from '../platform/database/delete-in-batches.js';

const CODE_BYTES = 32;
const GRANT_ID_BYTES = 32;

/** Seconds for which a code is remembered after its end, so that a late second use still ends what the first one issued. */
const REMEMBERED = 3600;

/** Authorization codes: made from an approval, good once. Only their hash is stored. */
@Injectable()
export class AuthorizationCodesService {
  constructor(
    @InjectRepository(AuthorizationCode) private readonly codes: Repository<AuthorizationCode>,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly config: Config,
  ) {}

  /**
   * Issues a code.
   * @returns 256 bits of chance, base64url
   * @see RFC 6749 §4.1.2, §10.10
   */
  async issue(approval: ApprovedRequest): Promise<string> {
    const code = this.random.token(CODE_BYTES);
    const { redirectUriSent, scope, requestedScope, amr, launchContext, ...facts } = approval;
    await this.codes.insert({
      ...facts,
      codeHash: hashOf(code),
      grantId: this.random.token(GRANT_ID_BYTES),
      redirectUriWasSent: redirectUriSent,
      scope: [...scope],
      requestedScope: [...requestedScope],
      amr: [...amr],
      launchContext: launchContext as Record<string, object>, // TypeORM's type of a row has no word for JSON
      expiresAt: new Date(this.clock.now().getTime() + this.config.codeLifetime * 1000),
      usedAt: null,
    });
    return code;
  }

  /** Notes a code that was issued elsewhere and is used up here. */
  async insertUsed(tx: Transaction, code: AuthorizationCode): Promise<void> {
    const launchContext = code.launchContext as Record<string, object>; // TypeORM's type of a row has no word for JSON
    await tx.insert(AuthorizationCode, { ...code, launchContext });
  }

  /** @returns what is known about a code, used and expired ones included; null when it was never issued or is forgotten */
  find(code: string): Promise<AuthorizationCode | null> {
    return this.codes.findOneBy({ codeHash: hashOf(code) });
  }

  /**
   * Marks a code as used, in the transaction that stores what it is exchanged for.
   * @returns false when it was used already; somebody who is just using it is waited for
   */
  async consume(tx: Transaction, codeHash: string): Promise<boolean> {
    const { affected } = await tx.update(AuthorizationCode, { codeHash, usedAt: IsNull() }, { usedAt: this.clock.now() });
    return affected === 1;
  }

  /**
   * Ends a code that its client presented wrongly: it gets no second try.
   * @returns false when it was used already
   */
  async spoil(codeHash: string): Promise<boolean> {
    const { affected } = await this.codes.update({ codeHash, usedAt: IsNull() }, { usedAt: this.clock.now() });
    return affected === 1;
  }

  /** Ends the codes of a client and person that nobody has exchanged yet. */
  async spoilOf(tx: Transaction, clientId: string, subject: string): Promise<void> {
    await tx.update(AuthorizationCode, { clientId, subject, usedAt: IsNull() }, { usedAt: this.clock.now() });
  }

  /** Ends the codes of a browser's session that nobody has exchanged yet. */
  async spoilOfSession(tx: Transaction, sid: string): Promise<void> {
    await tx.update(AuthorizationCode, { sid, usedAt: IsNull() }, { usedAt: this.clock.now() });
  }

  /** Forgets codes that ended a while ago. @returns how many */
  deleteExpired(now: Date): Promise<number> {
    const expiresAt = LessThan(new Date(now.getTime() - REMEMBERED * 1000));
    return deleteInBatches(
      async (take) => (await this.codes.find({ select: { codeHash: true }, where: { expiresAt }, take })).map((code) => code.codeHash),
      (codeHashes) => this.codes.delete({ codeHash: In(codeHashes) }),
    );
  }
}

/** @returns SHA-256, hex */
export function hashOf(code: string): string {
  return createHash('sha256').update(code).digest('hex');
}
