import { Injectable } from '@nestjs/common';
import { AuditService } from '../platform/audit/audit.service.js';
import type { Session } from '../sessions/session.entity.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { TrustedUser } from './logout.service.js';

/** What a logout has ended. */
export interface Ended {
  /** The session of the browser that asked; null when nobody was signed in there. */
  readonly session: Session | null;
  /** Clients that lost what a person had allowed them. */
  readonly trustedUsers: readonly TrustedUser[];
}

/** What the audit log says about a logout: one line for each person it signed out, and none when nothing ended. */
@Injectable()
export class LogoutAudit {
  constructor(
    private readonly audit: AuditService,
    private readonly people: PeopleService,
  ) {}

  /** Call it when everything has ended; it never throws. @param address IP address of the browser */
  async record({ session, trustedUsers }: Ended, address: string): Promise<void> {
    const subjects = new Set([...(session === null ? [] : [session.subject]), ...trustedUsers.map(({ subject }) => subject)]);
    for (const subject of subjects) {
      const clients = trustedUsers.filter((each) => each.subject === subject).map(({ clientId }) => clientId);
      const endings = [
        ...(session?.subject === subject ? ['signed out of this server'] : []),
        ...[...new Set(clients)].map((clientId) => `client ${clientId} may use nothing of theirs any more`),
      ];
      // A line without a name is better than none.
      const person = await this.people.find(subject).catch(() => null);
      await this.audit.record({
        event: 'logout',
        success: true,
        address,
        reason: endings.join('; '),
        username: person?.username,
        userId: person?.userId ?? null,
        patientNumber: person?.patientNumber ?? null,
      });
    }
  }
}
