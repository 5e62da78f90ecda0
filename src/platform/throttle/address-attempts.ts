import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { hasTable } from '../ehr/since.js';
import { AddressFailure } from './address-failure.entity.js';
import { AttemptLimits } from './attempt-limits.js';
import { Attempt } from './failure-counter.js';
import { IpAttempt } from './ip-attempt.entity.js';

/** Why an address is refused, in the words of the EHR's log. */
export type AddressRefusal = 'IP address has been manually blocked' | 'IP address exceeded maximum number of failed logins';

/** An attempt from one address. */
export interface AddressAttempt extends Pick<Attempt<IpAttempt>, 'fail' | 'succeed'> {
  /** null when the address may try. */
  readonly refusal: AddressRefusal | null;
}

const LONGEST = 255;
const LONGEST_HERE = 64;

/** What the EHR writes for an address that it does not know. */
const UNKNOWN = 'blank';

/** Counts failed sign-ins by address: in the EHR's own table, or in one of ours while it has none. */
@Injectable()
export class AddressAttempts {
  constructor(
    @InjectRepository(IpAttempt) private readonly attempts: Repository<IpAttempt>,
    private readonly limits: AttemptLimits,
  ) {}

  /**
   * Begins an attempt. Its outcome is to be told with `fail` or `succeed`, unless it says nothing about the caller; a refused one has failed.
   * @param address of the caller, as the trusted proxies tell it
   */
  async open(address: string): Promise<AddressAttempt> {
    if (!hasTable(this.attempts.manager.dataSource, IpAttempt)) return this.openHere(address);
    const limit = await this.limits.ofAddress();
    const row = await this.row(address.slice(0, LONGEST) || UNKNOWN);
    const attempt = new Attempt(this.attempts, row, { id: row.id }, limit);
    const isBlocked = limit.maximum > 0 && row.isBlocked; // the EHR looks at its block only while it counts
    return asAddressAttempt(attempt, isBlocked);
  }

  /** Whether an address is refused at present; nothing is counted. */
  async findRefusal(address: string): Promise<AddressRefusal | null> {
    const isOfEhr = hasTable(this.attempts.manager.dataSource, IpAttempt);
    const isKnown = isOfEhr
      ? await this.attempts.existsBy({ address })
      : await this.attempts.manager.getRepository(AddressFailure).existsBy({ address });
    return isKnown ? (await this.open(address)).refusal : null;
  }

  private async row(address: string): Promise<IpAttempt> {
    const known = await this.attempts.findOneBy({ address });
    if (known) return known;
    const fresh = { address, failures: 0, totalFailures: 0, lastFailureAt: null, blockMailed: 0, isBlocked: false };
    await this.attempts.createQueryBuilder().insert().values(fresh).orIgnore().updateEntity(false).execute(); // another replica may be first
    return this.attempts.findOneByOrFail({ address });
  }

  private async openHere(text: string): Promise<AddressAttempt> {
    const failures = this.attempts.manager.getRepository(AddressFailure);
    const address = text.slice(0, LONGEST_HERE) || UNKNOWN;
    const known = await failures.findOneBy({ address });
    const row = known ?? { address, failures: 0, lastFailureAt: null };
    if (!known) await failures.createQueryBuilder().insert().values(row).orIgnore().updateEntity(false).execute();
    return asAddressAttempt(new Attempt(failures, row, { address }, await this.limits.ofAddressHere()), false);
  }
}

function asAddressAttempt(attempt: Pick<Attempt<IpAttempt>, 'fail' | 'succeed' | 'isRefused'>, isBlocked: boolean): AddressAttempt {
  const exceeded = attempt.isRefused ? 'IP address exceeded maximum number of failed logins' : null;
  return {
    refusal: isBlocked ? 'IP address has been manually blocked' : exceeded,
    fail: () => attempt.fail(),
    succeed: () => attempt.succeed(),
  };
}
