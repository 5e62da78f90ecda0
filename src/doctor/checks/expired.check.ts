import { LessThan } from 'typeorm';
import { Interaction } from '../../authorization/interaction.entity.js';
import { UsedAssertion } from '../../clients/used-assertion.entity.js';
import { Session } from '../../sessions/session.entity.js';
import { AuthorizationCode } from '../../tokens/authorization-code.entity.js';
import { GrantRecord } from '../../tokens/grant.entity.js';
import { Issuance } from '../../tokens/issuance.entity.js';
import { type Check, type Finding, warning } from '../check.js';
import type { Examination } from '../examination.js';

const DAY = 86_400_000;

/** Days after their end for which rows may still be there: what each is remembered for, and a day in which a cleanup must have come by. */
const TABLES = [
  [Session, 1],
  [Interaction, 1],
  [UsedAssertion, 1],
  [AuthorizationCode, 2],
  [Issuance, 8],
  [GrantRecord, 8],
] as const;

/** Rows that a cleanup should have removed. */
export class ExpiredCheck implements Check {
  readonly id = 'cleanup';
  readonly healthy = 'What has expired is removed in time';
  readonly needs = ['own-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source } = this.examination;
    const overdue: string[] = [];
    for (const [entity, days] of TABLES) {
      const repository = source.getRepository<{ expiresAt: Date }>(entity);
      const expiresAt = LessThan(new Date(this.examination.now().getTime() - days * DAY));
      const count = await repository.countBy({ expiresAt });
      if (count > 0) overdue.push(`${repository.metadata.tableName} ${count}`);
    }
    if (overdue.length === 0) return [];
    return [
      warning('cleanup.overdue', [
        `Rows that expired long ago are still there: ${overdue.join(', ')}`,
        'A running server removes them regularly: none has been running, or its cleanup fails',
        'Run chartkey cleanup, and look for the word Cleanup in the log of the server',
      ]),
    ];
  }
}
