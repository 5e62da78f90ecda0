import { Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit/audit.service.js';
import { Transactions } from '../platform/database/transactions.js';
import type { Session } from '../sessions/session.entity.js';
import { SessionsService } from '../sessions/sessions.service.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { TokenRecords } from '../tokens/token-records.service.js';

/** Where a person is signed in, and how they sign out somewhere else. */
@Injectable()
export class OwnSessions {
  constructor(
    private readonly sessions: SessionsService,
    private readonly tokens: TokenRecords,
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** @returns this browser's first, then the latest used */
  async list({ person, session }: SignedInPerson): Promise<Session[]> {
    const sessions = await this.sessions.list(person.subject);
    return [...sessions.filter(({ sid }) => sid === session.sid), ...sessions.filter(({ sid }) => sid !== session.sid)];
  }

  /** @returns null when it is none of this person's, or the one that asks: that one signs out like any other */
  async findOther(who: SignedInPerson, sid: string): Promise<Session | null> {
    if (sid === who.session.sid) return null;
    return (await this.list(who)).find((session) => session.sid === sid) ?? null;
  }

  /**
   * Ends sessions of a person, with every token that was granted in them.
   * @param ended of this person
   * @param address IP address of the person
   */
  async end({ person }: SignedInPerson, ended: readonly Session[], address: string): Promise<void> {
    await this.transactions.run(async (tx) => {
      for (const { sid } of ended) await this.tokens.endGrantsOfSession(tx, sid);
    });
    for (const { sid } of ended) await this.sessions.end(sid);
    if (ended.length === 0) return;
    const { username, patientNumber } = person;
    const reason = `signed out of ${ended.length} other session${ended.length === 1 ? '' : 's'}`;
    await this.audit.record({ event: 'logout', success: true, address, reason, username, patientNumber });
  }
}
