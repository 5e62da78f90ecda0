import { Injectable } from '@nestjs/common';
import { InjectDataSource, InjectRepository } from '@nestjs/typeorm';
import { DataSource, MoreThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { hasTable } from '../platform/ehr/since.js';
import { uniqueScopes } from '../protocol/scope/scope-set.js';
import { findGrantedAccess } from './app-access.query.js';
import { RefreshToken } from './refresh-token.entity.js';

/** What a client may do for a person at this moment. */
export interface AppAccess {
  readonly clientId: string;
  /** Empty where only the EHR's own server knows. */
  readonly scope: readonly string[];
  /** null where only the EHR's own server knows. */
  readonly since: Date | null;
  /** When its last token ends. */
  readonly until: Date;
  /** When it last got a token here; what it does with a token, the EHR's API knows. */
  readonly lastUsed: Date | null;
}

/** Which clients hold tokens of a person: ours, and refresh tokens of the EHR's own server. */
@Injectable()
export class AppAccessService {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    @InjectRepository(RefreshToken) private readonly refreshTokens: Repository<RefreshToken>,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
  ) {}

  /** @param subject uuid text */
  async of(subject: string): Promise<AppAccess[]> {
    const found = new Map<string, AppAccess>();
    for (const { clientId, scope, since, until, lastUsed } of await findGrantedAccess(this.source, subject, this.clock.now())) {
      const times = { since: new Date(since), until: new Date(until), lastUsed: lastUsed === null ? null : new Date(lastUsed) };
      merge(found, { clientId, scope: scope.split(' ').filter(Boolean), ...times });
    }
    for (const { clientId, until } of await this.refreshable(subject)) {
      merge(found, { clientId, scope: [], since: null, until, lastUsed: null });
    }
    return [...found.values()];
  }

  private async refreshable(subject: string): Promise<Array<{ clientId: string; until: Date }>> {
    if (!hasTable(this.source, RefreshToken)) return []; // an EHR before 6.1
    const expiry = MoreThan(await this.ehrClock.nowText());
    const rows = await this.refreshTokens.find({ where: { subject, isRevoked: false, expiry } });
    const own = rows.filter((row) => row.subject === subject); // MySQL compares without regard to case
    return Promise.all(
      own.map(async ({ clientId, expiry: until }) => ({
        clientId: clientId ?? '',
        until: (await this.ehrClock.moment(until)) ?? new Date(0),
      })),
    );
  }
}

function merge(found: Map<string, AppAccess>, more: AppAccess): void {
  const known = found.get(more.clientId);
  found.set(more.clientId, known ? joined(known, more) : more);
}

function joined(one: AppAccess, other: AppAccess): AppAccess {
  return {
    clientId: one.clientId,
    scope: uniqueScopes([...one.scope, ...other.scope]),
    since: earlier(one.since, other.since),
    until: one.until > other.until ? one.until : other.until,
    lastUsed: later(one.lastUsed, other.lastUsed),
  };
}

function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function later(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one > other ? one : other;
}
