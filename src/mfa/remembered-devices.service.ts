import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { deleteWhere } from '../platform/database/delete-in-batches.js';
import type { Transaction } from '../platform/database/transactions.js';
import { CookieJar } from '../platform/web/cookie-jar.js';
import { RememberedDevice } from './remembered-device.entity.js';

const COOKIE = 'device';
const SECRET_BYTES = 32;
const HANDLE_BYTES = 16;
const SECRET = /^[A-Za-z0-9_-]{43}$/;
const LONGEST_LABEL = 255;
const DAY = 86_400;

/** Devices that are not asked for a second factor. The cookie holds a secret of which the database knows only the hash. */
@Injectable()
export class RememberedDevices {
  constructor(
    @InjectRepository(RememberedDevice) private readonly devices: Repository<RememberedDevice>,
    private readonly cookies: CookieJar,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Days for which a device may be remembered; 0 when that is not offered. */
  get days(): number {
    return this.config.mfa.rememberDays;
  }

  /** Remembers this browser. @param passwordMark of the password that was proven */
  async remember(subject: string, passwordMark: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (this.days === 0) return;
    const secret = this.random.token(SECRET_BYTES);
    const now = this.clock.now();
    await this.devices.insert({
      id: hashOf(secret),
      handle: this.random.token(HANDLE_BYTES),
      subject,
      passwordMark,
      label: (request.headers['user-agent'] ?? '').slice(0, LONGEST_LABEL),
      createdAt: now,
      lastUsedAt: now,
      expiresAt: new Date(now.getTime() + this.days * DAY * 1000),
    });
    this.cookies.set(reply, COOKIE, secret, this.days * DAY);
  }

  /** Whether this browser is remembered for a person whose password has not changed since. Notes the use. */
  async isKnown(subject: string, passwordMark: string, request: FastifyRequest): Promise<boolean> {
    const secret = this.cookies.find(request, COOKIE);
    if (this.days === 0 || secret === null || !SECRET.test(secret)) return false;
    const now = this.clock.now();
    const { affected } = await this.devices.update(
      { id: hashOf(secret), subject, passwordMark, expiresAt: MoreThan(now) },
      { lastUsedAt: now },
    );
    return affected === 1;
  }

  list(subject: string): Promise<RememberedDevice[]> {
    return this.devices.find({ where: { subject, expiresAt: MoreThan(this.clock.now()) }, order: { createdAt: 'DESC', id: 'ASC' } });
  }

  /** @returns whether the person had such a device */
  async forget(subject: string, handle: string): Promise<boolean> {
    const { affected } = await this.devices.delete({ subject, handle });
    return (affected ?? 0) > 0;
  }

  async forgetAll(tx: Transaction, subject: string): Promise<void> {
    await tx.delete(RememberedDevice, { subject });
  }

  /** @returns how many were remembered long enough and are gone */
  deleteExpired(now: Date): Promise<number> {
    return deleteWhere(this.devices, { expiresAt: LessThanOrEqual(now) });
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
