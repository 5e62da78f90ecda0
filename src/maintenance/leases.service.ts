import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, QueryFailedError, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Lease } from './lease.entity.js';

const HOLDER_BYTES = 16;

/** Lets one replica at a time do a piece of work. A replica that dies loses its lease by time, not by anyone's decision. */
@Injectable()
export class LeasesService {
  private readonly holder: string;

  constructor(
    @InjectRepository(Lease) private readonly leases: Repository<Lease>,
    private readonly clock: Clock,
    random: Random,
  ) {
    this.holder = random.token(HOLDER_BYTES);
  }

  /**
   * Takes a lease that is free or has run out, or prolongs our own.
   * @param seconds how long it is ours from now on
   * @returns false when another replica has it
   */
  async acquire(name: string, seconds: number): Promise<boolean> {
    const now = this.clock.now();
    const ours = { holder: this.holder, expiresAt: new Date(now.getTime() + seconds * 1000) };
    if (await this.update({ name, holder: this.holder }, ours)) return true;
    if (await this.update({ name, expiresAt: LessThanOrEqual(now) }, ours)) return true;
    if (await this.leases.existsBy({ name })) return false;
    return this.insert({ name, ...ours });
  }

  /** Gives a lease back; nothing happens when it is not ours any more. */
  async release(name: string): Promise<void> {
    await this.update({ name, holder: this.holder }, { expiresAt: new Date(0) });
  }

  private async update(where: Parameters<Repository<Lease>['update']>[0], values: Partial<Lease>): Promise<boolean> {
    return (await this.leases.update(where, values)).affected === 1;
  }

  /** @returns false when another replica inserted the row first */
  private async insert(lease: Lease): Promise<boolean> {
    try {
      await this.leases.insert(lease);
      return true;
    } catch (error) {
      if (error instanceof QueryFailedError && (await this.leases.existsBy({ name: lease.name }))) return false;
      throw error;
    }
  }
}
