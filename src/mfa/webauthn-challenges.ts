import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { deleteWhere } from '../platform/database/delete-in-batches.js';
import { WebauthnChallenge } from './webauthn-challenge.entity.js';

const CHALLENGE_BYTES = 32;

/** Seconds: longer than browsers let a person search for their key, and as long as a sign-in page stands open for its conditional request. */
const LIFETIME = 600;

/** Challenges for keys: each is made here, serves one purpose, and is good once. @see WebAuthn Level 3 §13.4.3 */
@Injectable()
export class WebauthnChallenges {
  constructor(
    @InjectRepository(WebauthnChallenge) private readonly challenges: Repository<WebauthnChallenge>,
    private readonly random: Random,
    private readonly clock: Clock,
  ) {}

  /** @param purpose at most 128 characters @returns base64url */
  async issue(purpose: string): Promise<string> {
    const challenge = this.random.token(CHALLENGE_BYTES);
    const expiresAt = new Date(this.clock.now().getTime() + LIFETIME * 1000);
    await this.challenges.insert({ id: hashOf(challenge), purpose, expiresAt });
    return challenge;
  }

  /** Uses a challenge up: one conditional statement. @returns false when it was not issued for this purpose, is used, or has expired */
  async take(challenge: string, purpose: string): Promise<boolean> {
    const { affected } = await this.challenges.delete({ id: hashOf(challenge), purpose, expiresAt: MoreThan(this.clock.now()) });
    return affected === 1;
  }

  /** @returns how many nobody answered in time */
  deleteExpired(now: Date): Promise<number> {
    return deleteWhere(this.challenges, { expiresAt: LessThanOrEqual(now) });
  }
}

function hashOf(challenge: string): string {
  return createHash('sha256').update(challenge).digest('hex');
}
