import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import type { Transaction } from '../platform/database/transactions.js';
import type { Client } from './client.entity.js';
import { ClientMark } from './client-mark.entity.js';

/** What marks there are, in words for an operator. Only a client that proves who it is can be trusted with one. */
export const CLIENT_MARKS = {
  'resource-server': 'may ask introspect about access tokens of every client',
  launcher: 'may start apps for people, with a patient and a visit (launch contexts)',
} as const;

export type ClientMarkName = keyof typeof CLIENT_MARKS;

export const CLIENT_MARK_NAMES = Object.keys(CLIENT_MARKS) as readonly ClientMarkName[];

/** Which clients may do more than they registered for. Asked anew each time: taking a mark away holds at once, on every replica. */
@Injectable()
export class ClientMarks {
  constructor(
    @InjectRepository(ClientMark) private readonly marks: Repository<ClientMark>,
    private readonly clock: Clock,
  ) {}

  /** Whether a client that has proven itself may do so. A public client proves nothing, whatever it is marked as. */
  async has({ clientId, isConfidential }: Pick<Client, 'clientId' | 'isConfidential'>, mark: ClientMarkName): Promise<boolean> {
    if (!isConfidential) return false;
    const row = await this.marks.findOneBy({ clientId, mark });
    return row?.clientId === clientId; // MySQL compares without regard to case
  }

  /** The marks of a client, in the order of the table above. */
  async of(clientId: string): Promise<ClientMarkName[]> {
    const rows = (await this.marks.findBy({ clientId })).filter((row) => row.clientId === clientId);
    return CLIENT_MARK_NAMES.filter((name) => rows.some(({ mark }) => mark === name));
  }

  /** Gives marks and takes marks away. One that is given already stays as it is. */
  async change(tx: Transaction, clientId: string, given: readonly ClientMarkName[], taken: readonly ClientMarkName[]): Promise<void> {
    const known = await tx.findBy(ClientMark, { clientId });
    for (const mark of given) {
      if (!known.some((row) => row.mark === mark)) await tx.insert(ClientMark, { clientId, mark, markedAt: this.clock.now() });
    }
    for (const mark of taken) await tx.delete(ClientMark, { clientId, mark });
  }
}
