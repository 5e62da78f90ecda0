import { Injectable } from '@nestjs/common';
import type { EntityTarget, FindOptionsWhere } from 'typeorm';
import { Clock } from '../ambient/clock.js';
import { Random } from '../ambient/random.js';
import type { Transaction } from '../database/transactions.js';
import { EhrClock } from './ehr-clock.js';
import { createUuid, findUuidText } from './stored-uuid.js';
import { UuidEntry } from './uuid-entry.entity.js';

/** A record of the EHR that is known to the outside by a uuid. */
interface Identified {
  uuid: string | null;
}

const NO_UUID = Buffer.alloc(16);

/** Gives uuids to records that the EHR has not given one yet, as the EHR does when somebody signs in. */
@Injectable()
export class UuidRegistry {
  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly ehrClock: EhrClock,
  ) {}

  /**
   * Gives a record its uuid, unless somebody else has done so meanwhile.
   * @param target entity of the record's table
   * @param key finds it, and nothing else
   * @returns the uuid that the record has now, as text
   * @throws Error when there is no such record
   */
  async assign<Row extends Identified>(tx: Transaction, target: EntityTarget<Row>, key: FindOptionsWhere<Row>): Promise<string> {
    const rows = tx.getRepository(target);
    const now = this.clock.now();
    const uuid = findUuidText(createUuid(now, this.random));
    const { affected } = await rows
      .createQueryBuilder()
      .update()
      .set({ uuid } as object)
      .where(key)
      .andWhere('(uuid IS NULL OR LENGTH(uuid) = 0 OR uuid = :none)', { none: NO_UUID })
      .execute();
    if (affected === 1 && uuid !== null) {
      await tx.insert(UuidEntry, {
        uuid,
        tableName: rows.metadata.tableName,
        keyColumn: 'id', // the EHR says so of both its people tables
        vertical: '',
        couchdb: '',
        documentDrive: 0,
        mapped: 0,
        createdAt: this.ehrClock.timestampText(now),
      });
      return uuid;
    }
    const given = await rows.findOneBy(key);
    if (given?.uuid) return given.uuid;
    throw new Error(`${rows.metadata.tableName} has no such row`);
  }
}
