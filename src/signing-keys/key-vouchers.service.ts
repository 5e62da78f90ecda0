import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { findStatement, type KeyStatement, stateKey } from './key-statement.js';
import { KeyVoucher } from './key-voucher.entity.js';
import type { PublishedKey, SigningKey, VerifyingKey } from './signing-key.js';
import { SigningKeysService } from './signing-keys.service.js';

/**
 * How replicas learn of each other's keys: through the database, but on the word of a key that they have. Whoever can write to the database
 * alone cannot make them trust a key.
 */
@Injectable()
export class KeyVouchers {
  constructor(
    @InjectRepository(KeyVoucher) private readonly vouchers: Repository<KeyVoucher>,
    private readonly keys: SigningKeysService,
    private readonly clock: Clock,
  ) {}

  /** Lets one key vouch for another, until a moment. What it said of it before is replaced, and what has ended is forgotten. */
  async vouch(signer: SigningKey, key: PublishedKey, expiresAt: Date): Promise<void> {
    const now = this.clock.now();
    const statement = await stateKey(signer, key, now, expiresAt);
    await this.vouchers.delete({ expiresAt: LessThan(now) });
    await this.vouchers.upsert({ keyId: key.kid, vouchedBy: signer.published.kid, statement, expiresAt }, ['keyId', 'vouchedBy']);
  }

  /** Reads whom the key that signs vouches for, and whom those do, and trusts them. */
  async reload(): Promise<void> {
    const rows = await this.vouchers.find();
    const now = this.clock.now();
    const trusted = new Map<string, VerifyingKey>([[this.keys.keyId, this.keys.current]]);
    for (const signer of trusted.values()) {
      // a Map hands out what is added while it is walked: so chains are followed, each key once
      const words = rows.filter(({ keyId, vouchedBy }) => vouchedBy === signer.published.kid && !trusted.has(keyId));
      for (const { statement } of words) {
        const { key } = (await findStatement(statement, signer, now)) ?? {};
        if (key !== undefined) trusted.set(key.published.kid, key);
      }
    }
    this.keys.trust([...trusted.values()]);
  }

  /** What the key that signs says of another; null when it does not vouch for it. */
  async findOwn(keyId: string): Promise<KeyStatement | null> {
    const row = await this.vouchers.findOneBy({ keyId, vouchedBy: this.keys.keyId });
    return row === null ? null : findStatement(row.statement, this.keys.current, this.clock.now());
  }
}
