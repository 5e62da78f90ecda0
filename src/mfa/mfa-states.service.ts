import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, Not, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import type { Transaction } from '../platform/database/transactions.js';
import { MfaState } from './mfa-state.entity.js';

/** What is remembered of people about second factors: since when they ought to have one, and what they have not been told. */
@Injectable()
export class MfaStates {
  constructor(
    @InjectRepository(MfaState) private readonly states: Repository<MfaState>,
    private readonly clock: Clock,
  ) {}

  /**
   * Lets grace begin, once: it counts from the first call.
   * @returns when it began
   */
  async beginGrace(subject: string): Promise<Date> {
    const known = await this.states.findOneBy({ subject });
    if (known?.requiredSince) return known.requiredSince;
    const requiredSince = this.clock.now();
    await this.states
      .createQueryBuilder()
      .insert()
      .values({ subject, requiredSince: null, resetAt: null })
      .orIgnore()
      .updateEntity(false)
      .execute();
    await this.states.update({ subject, requiredSince: IsNull() }, { requiredSince });
    return (await this.states.findOneByOrFail({ subject })).requiredSince ?? requiredSince;
  }

  /** Whether somebody's factors were taken away and they have not been told. */
  async isNoticePending(subject: string): Promise<boolean> {
    return this.states.existsBy({ subject, resetAt: Not(IsNull()) });
  }

  /** The person has been told. */
  async acknowledge(subject: string): Promise<void> {
    await this.states.update({ subject }, { resetAt: null });
  }

  /** Notes that somebody's factors were taken away: they are told at the next sign-in, and grace begins anew. */
  async noteReset(tx: Transaction, subject: string): Promise<void> {
    await tx.delete(MfaState, { subject });
    await tx.insert(MfaState, { subject, requiredSince: null, resetAt: this.clock.now() });
  }
}
