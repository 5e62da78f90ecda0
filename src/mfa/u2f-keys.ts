import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { MfaRegistration } from './mfa-registration.entity.js';
import { findU2fRegistration, type U2fRegistration, withCounter } from './u2f-registration.js';

const METHOD = 'U2F';

/** A security key of the EHR, with the row it is kept in. */
export interface U2fKey extends U2fRegistration {
  readonly row: MfaRegistration;
}

/** Security keys that members of staff have enrolled in the EHR. */
@Injectable()
export class U2fKeys {
  constructor(@InjectRepository(MfaRegistration) private readonly registrations: Repository<MfaRegistration>) {}

  /** @param userId null for patients, who have none */
  async list(userId: number | null): Promise<U2fKey[]> {
    if (userId === null) return [];
    const rows = await this.registrations.find({ where: { userId, method: METHOD }, order: { label: 'ASC' } });
    return rows.flatMap((row) => {
      const registration = findU2fRegistration(row.data);
      return registration ? [{ ...registration, row }] : [];
    });
  }

  /** Notes a use, as the EHR does. @returns false when the counter does not go up, or another request was quicker */
  async noteUse({ row, counter: stored }: U2fKey, counter: number): Promise<boolean> {
    if (counter <= stored) return false;
    const { userId, label, data } = row;
    const { affected } = await this.registrations.update({ userId, label, data }, { data: withCounter(data, counter) });
    return affected === 1;
  }
}
