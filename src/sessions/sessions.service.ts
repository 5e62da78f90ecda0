import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LessThan, LessThanOrEqual, MoreThan, Not, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { deleteWhere } from '../platform/database/delete-in-batches.js';
import type { Transaction } from '../platform/database/transactions.js';
import { type Globals, GlobalSettings } from '../platform/ehr/global-settings.js';
import { CookieJar } from '../platform/web/cookie-jar.js';
import { callerOf } from './caller.js';
import { idleTime } from './idle-time.js';
import { Session } from './session.entity.js';
import { SignInHistory } from './sign-in-history.service.js';

const COOKIE = 'session';
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const SID_BYTES = 16;

/** Seconds between two notes of when a person was last here: a page more or less is not worth a write. */
const LONGEST_UNNOTED = 60;

/** Who signed in, and how: what a session is made of. */
export interface ProvenSignIn {
  /** uuid text: `sub`. */
  readonly subject: string;
  readonly role: Session['role'];
  /** Login name as the EHR has it. */
  readonly username: string;
  /** @see RFC 8176 §2 */
  readonly amr: string[];
}

/** People who are signed in, each with one browser. The cookie holds a secret of which the database knows only the hash. */
@Injectable()
export class SessionsService {
  constructor(
    @InjectRepository(Session) private readonly sessions: Repository<Session>,
    private readonly history: SignInHistory,
    private readonly cookies: CookieJar,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly settings: GlobalSettings,
  ) {}

  /**
   * Signs a person in with this browser, and notes it in their history. The cookie is a new one each time: whoever knew or planted the old one has nothing.
   * @returns the session, of which `authTime` is now
   */
  async begin(proven: ProvenSignIn, request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const former = this.findSecret(request);
    if (former !== null) await this.sessions.delete({ id: hashOf(former) });
    const secret = this.random.token(SECRET_BYTES);
    const now = this.clock.now();
    const caller = callerOf(request);
    const session = this.sessions.create({
      ...proven,
      ...caller,
      id: hashOf(secret),
      sid: this.random.token(SID_BYTES),
      authTime: now,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: later(now, this.config.sessionLifetime),
    });
    await this.sessions.insert(session);
    await this.history.note({ ...caller, subject: proven.subject, outcome: 'signed-in', amr: proven.amr, clientId: null });
    this.give(secret, request, reply);
    return session;
  }

  /**
   * Notes that the person of a session has shown one more factor. The session stays the same one for clients, and its cookie is a new one:
   * whoever knew the old one does not rise with it.
   * @param amr of all factors shown (RFC 8176 §2)
   * @returns false when the session has ended meanwhile
   */
  async raise(session: Session, amr: string[], request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
    const secret = this.random.token(SECRET_BYTES);
    const now = this.clock.now();
    const { affected } = await this.sessions.update({ id: session.id }, { id: hashOf(secret), amr, authTime: now, lastSeenAt: now });
    if (affected !== 1) return false;
    this.give(secret, request, reply);
    return true;
  }

  /**
   * Who is signed in with this browser, and notes that they are here.
   * @returns null when nobody is: no cookie, an unknown one, or a session that has lasted or rested too long
   */
  async find(request: FastifyRequest): Promise<Session | null> {
    const secret = this.findSecret(request);
    const session = secret === null ? null : await this.sessions.findOneBy({ id: hashOf(secret) });
    const now = this.clock.now();
    if (session === null || session.expiresAt <= now) return null;
    const idle = idleTime(session.role, await this.settings.read(), this.config);
    if (session.lastSeenAt < later(now, -idle)) return null;
    const noteAfter = Math.min(LONGEST_UNNOTED, idle / 2);
    if (later(session.lastSeenAt, noteAfter) <= now) {
      await this.sessions.update({ id: session.id, lastSeenAt: LessThan(now) }, { lastSeenAt: now });
      session.lastSeenAt = now;
    }
    return session;
  }

  /** @returns where a person is signed in now, the latest used first */
  async list(subject: string): Promise<Session[]> {
    const now = this.clock.now();
    const globals = await this.settings.read();
    const order = { lastSeenAt: 'DESC', sid: 'ASC' } as const;
    const sessions = await this.sessions.find({ where: { subject, expiresAt: MoreThan(now) }, order });
    return sessions.filter(({ role, lastSeenAt }) => lastSeenAt >= later(now, -idleTime(role, globals, this.config)));
  }

  /**
   * Ends every session of a person but one.
   * @param sid of the one that stays
   * @returns how many there were
   */
  async endOthers(tx: Transaction, subject: string, sid: string): Promise<number> {
    const { affected } = await tx.delete(Session, { subject, sid: Not(sid) });
    return affected ?? 0;
  }

  /**
   * Ends every session of a person.
   * @returns their `sid`s, those of sessions that had lapsed included
   */
  async endAll(tx: Transaction, subject: string): Promise<string[]> {
    const sessions = await tx.find(Session, { select: { sid: true }, where: { subject }, order: { sid: 'ASC' } });
    await tx.delete(Session, { subject });
    return sessions.map(({ sid }) => sid);
  }

  /**
   * Ends a session wherever its browser is.
   * @param sid its public name, as in the `sid` claim
   */
  async end(sid: string): Promise<void> {
    await this.sessions.delete({ sid });
  }

  /**
   * Ends the session of this browser and takes its cookie away.
   * @returns the session that ended, even if it had lapsed; null when there was none
   */
  async endHere(request: FastifyRequest, reply: FastifyReply): Promise<Session | null> {
    const secret = this.findSecret(request);
    if (secret === null) return null;
    const session = await this.sessions.findOneBy({ id: hashOf(secret) });
    if (session !== null) await this.sessions.delete({ id: session.id });
    this.cookies.clear(reply, COOKIE);
    request.cookies[this.cookies.nameOf(COOKIE)] = undefined;
    return session;
  }

  /** @returns how many sessions were over and are gone */
  async deleteExpired(now: Date): Promise<number> {
    const lapsed = await deleteWhere(this.sessions, { expiresAt: LessThanOrEqual(now) });
    const globals = await this.settings.read();
    const rested = [await this.deleteRested('users', now, globals), await this.deleteRested('patient', now, globals)];
    return rested.reduce((sum, count) => sum + count, lapsed);
  }

  private give(secret: string, request: FastifyRequest, reply: FastifyReply): void {
    this.cookies.set(reply, COOKIE, secret);
    request.cookies[this.cookies.nameOf(COOKIE)] = secret; // for the rest of this request
  }

  private deleteRested(role: Session['role'], now: Date, globals: Globals): Promise<number> {
    const limit = later(now, -idleTime(role, globals, this.config));
    return deleteWhere(this.sessions, { role, lastSeenAt: LessThan(limit) });
  }

  private findSecret(request: FastifyRequest): string | null {
    const value = this.cookies.find(request, COOKIE);
    return value !== null && SECRET.test(value) ? value : null;
  }
}

function later(moment: Date, seconds: number): Date {
  return new Date(moment.getTime() + seconds * 1000);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
