import { Injectable } from '@nestjs/common';
import { joinScope } from '../protocol/scope/scope-set.js';
import type { AuditEntry, AuditEvent } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { GrantFacts, IssuableGrant } from './issuable-grant.js';

/** Whose tokens an event is about, and which client holds them. */
type Holding = Pick<GrantFacts, 'clientId' | 'subject'>;

type Whom = NonNullable<IssuableGrant['recipient']>;

/**
 * What the audit log says about tokens: that a client got the first ones, that something was presented twice, that a client gave tokens
 * back. A refresh is no line of its own: it repeats what was allowed, and would write one for every client and hour.
 * Every other method writes in a transaction of its own, so it is called when that of the flow is over; none of them throws.
 */
@Injectable()
export class TokenAudit {
  constructor(
    private readonly audit: AuditService,
    private readonly people: PeopleService,
  ) {}

  /**
   * That tokens go out: written in the transaction that stores them. Without a recipient it is a refresh, and nothing is written.
   * @param address IP address of the client
   */
  issuance({ grant, scope, recipient }: IssuableGrant, address: string): AuditEntry | null {
    if (recipient === undefined) return null;
    const kinds = grant.scope.includes('offline_access') ? 'an access token and a refresh token' : 'an access token';
    const reason = `client ${grant.clientId} received ${kinds} (${grant.grantType}): ${joinScope(scope)}`;
    return entryOf('token issue', true, address, reason, recipient);
  }

  /** A code came a second time: somebody may have read it on its way. What the first one gave has ended. */
  async codeReused(code: Holding, address: string): Promise<void> {
    const reason = `client ${code.clientId} presented an authorization code that was used before; every token issued for it is revoked`;
    await this.write('code reuse', false, address, reason, await this.whomOf(code.subject));
  }

  /** A refresh token came back after its exchange: it is in two hands. The whole family has ended. */
  async refreshTokenReused(grant: Holding, address: string): Promise<void> {
    const reason = `client ${grant.clientId} presented a refresh token that was exchanged before; every token of this grant is revoked`;
    await this.write('refresh token reuse', false, address, reason, await this.whomOf(grant.subject));
  }

  /** A client gave tokens back. @param what that ended, in words */
  async revoked({ clientId, subject }: Holding, what: string, address: string): Promise<void> {
    await this.write('revocation', true, address, `client ${clientId} revoked ${what}`, await this.whomOf(subject));
  }

  private async write(event: AuditEvent, success: boolean, address: string, reason: string, whom: Whom | null): Promise<void> {
    await this.audit.record(entryOf(event, success, address, reason, whom));
  }

  /** A line without a name is better than none. */
  private whomOf(subject: string): Promise<Whom | null> {
    return this.people.find(subject).catch(() => null);
  }
}

function entryOf(event: AuditEvent, success: boolean, address: string, reason: string, whom: Whom | null): AuditEntry {
  const { username, userId, patientNumber = null } = whom ?? {};
  return { event, success, address, reason, username, userId, patientNumber };
}
