import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThan, Repository } from 'typeorm';
import { AcceptedCode } from './accepted-code.entity.js';

/** Before any step there is. */
const NONE = -1;

/** Remembers how far each person's one-time codes have been used. */
@Injectable()
export class AcceptedCodes {
  constructor(@InjectRepository(AcceptedCode) private readonly codes: Repository<AcceptedCode>) {}

  /**
   * Uses up a step and all before it: one conditional statement, which only moves forward.
   * @param step number of 30-second steps since 1970
   * @returns false when it had been used, here or on another replica
   * @see RFC 6238 §5.2
   */
  async accept(userId: number, step: number): Promise<boolean> {
    if (await this.advance(userId, step)) return true;
    await this.codes.createQueryBuilder().insert().values({ userId, lastStep: NONE }).orIgnore().updateEntity(false).execute();
    return this.advance(userId, step);
  }

  private async advance(userId: number, step: number): Promise<boolean> {
    const { affected } = await this.codes.update({ userId, lastStep: LessThan(step) }, { lastStep: step });
    return affected === 1;
  }
}
