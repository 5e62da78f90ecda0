import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { type EntityManager, In, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { findRows } from '../platform/database/mapped-statements.js';
import type { Transaction } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { joinScope, uniqueScopes } from '../protocol/scope/scope-set.js';
import { Consent } from './consent.entity.js';

/** Our own member of `session_cache`: scopes that need not be asked for again. A row which the PHP server writes anew loses it. */
const REMEMBERED = 'remembered_scope';

/** What is written when a client gets tokens for a person. */
export interface GrantedConsent {
  readonly clientId: string;
  /** uuid text. */
  readonly subject: string;
  /** Scopes as requested, separated by blanks. */
  readonly scope: string;
  /** The person asked not to be asked again for what they allowed: all of these, where `allowedScope` does not say fewer. */
  readonly isRemembered: boolean;
  readonly allowedScope?: string;
  /** What the EHR's server keeps of the session, by its own names. */
  readonly sessionCache: object;
  readonly grantType: string;
}

/** What people allowed clients. The EHR's API refuses a token for whose client and person there is nothing here. */
@Injectable()
export class ConsentsService {
  constructor(
    @InjectRepository(Consent) private readonly consents: Repository<Consent>,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
  ) {}

  /**
   * What this person allowed this client, as long as the EHR's API honours it.
   * @returns null when nothing, or when `session_cache` is empty
   */
  async find(clientId: string, subject: string): Promise<Consent | null> {
    const rows = await findConsents(this.consents.manager, clientId, subject);
    return rows.find(({ sessionCache }) => isHonoured(sessionCache)) ?? null;
  }

  /**
   * What this person allowed, client by client, whether or not the EHR's API honours it.
   * @returns one row for each client, the latest
   */
  async list(subject: string): Promise<Consent[]> {
    const rows = (await this.consents.find({ where: { subject }, order: { id: 'DESC' } })).filter((row) => row.subject === subject);
    return rows.filter((row, at) => rows.findIndex(({ clientId }) => clientId === row.clientId) === at);
  }

  /**
   * The row in which the EHR's own server keeps a code.
   * @param code its whole text, compared byte by byte
   * @returns null when there is none, or when `session_cache` is empty
   */
  async findByCode(clientId: string, subject: string, code: string): Promise<Consent | null> {
    const rows = await findConsents(this.consents.manager, clientId, subject);
    return rows.find((row) => row.code === code && isHonoured(row.sessionCache)) ?? null;
  }

  /** Takes a code out of its row, once. @returns false when it is no longer there */
  async takeCode(tx: Transaction, id: number, code: string): Promise<boolean> {
    const { affected } = await tx.update(Consent, { id, code }, { code: null });
    return affected === 1;
  }

  /**
   * The scopes which this person allowed this client and asked us to remember.
   * @returns null when there are none
   */
  async findRemembered(clientId: string, subject: string): Promise<string[] | null> {
    const consent = await this.find(clientId, subject);
    return consent && rememberedScope(consent);
  }

  /**
   * Notes what a person allowed a client: over what was noted before, so that there is one row of both. Scopes which were remembered stay
   * so when narrower ones are remembered now.
   * @param tx the transaction in which the tokens are written
   */
  async write(tx: Transaction, consent: GrantedConsent): Promise<void> {
    const { clientId, subject, scope, isRemembered, grantType } = consent;
    const repository = tx.getRepository(Consent);
    const rows = await findConsents(tx, clientId, subject);
    const values = {
      scope,
      isRemembered,
      grantType,
      time: this.ehrClock.timestampText(this.clock.now()),
      code: null,
      sessionCache: JSON.stringify(
        isRemembered
          ? { ...consent.sessionCache, [REMEMBERED]: joinRemembered(rows, consent.allowedScope ?? scope) }
          : consent.sessionCache,
      ),
    };
    if (rows.length === 0) await repository.insert({ clientId, subject, ...values });
    else await repository.update({ id: In(rows.map(({ id }) => id)) }, values);
  }

  /**
   * Whether what is noted says all of this already, but for the time. A program asks for tokens all day, often many times at once: they should not
   * queue for one row to write into it what stands there.
   */
  async holds(tx: Transaction, { clientId, subject, scope, sessionCache, grantType }: GrantedConsent): Promise<boolean> {
    const rows = await findConsents(tx, clientId, subject);
    const cache = JSON.stringify(sessionCache);
    const isSame = (row: Consent): boolean =>
      row.scope === scope && row.grantType === grantType && row.code === null && !row.isRemembered && row.sessionCache === cache;
    return rows.length > 0 && rows.every(isSame);
  }

  /**
   * Forgets what this person allowed this client: every token of both is refused by the EHR's API from then on.
   * @returns how many rows there were
   */
  async remove(tx: Transaction, clientId: string, subject: string): Promise<number> {
    const repository = tx.getRepository(Consent);
    const rows = await findConsents(tx, clientId, subject);
    if (rows.length > 0) await repository.delete({ id: In(rows.map(({ id }) => id)) });
    return rows.length;
  }
}

/** The latest first. The database may compare without regard to case, so that its answer is compared again. */
async function findConsents(place: EntityManager, clientId: string, subject: string): Promise<Consent[]> {
  const rows = await findRows(place, Consent, { clientId, subject }, { by: 'id', descending: true });
  return rows.filter((row) => row.clientId === clientId && row.subject === subject);
}

/** PHP's notion of empty, which is what the EHR's API asks. */
function isHonoured(sessionCache: string | null): boolean {
  return sessionCache !== null && sessionCache !== '' && sessionCache !== '0';
}

function joinRemembered(rows: readonly Consent[], scope: string): string {
  const former = rows.flatMap((row) => rememberedScope(row) ?? []);
  return joinScope(uniqueScopes([...former, ...scope.split(' ').filter((word) => word !== '')]));
}

function rememberedScope({ isRemembered, sessionCache }: Consent): string[] | null {
  const scope = isRemembered ? readObject(sessionCache ?? '')[REMEMBERED] : undefined;
  return typeof scope === 'string' ? scope.split(' ') : null;
}

function readObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {}; // whatever else the EHR keeps there
  }
}
