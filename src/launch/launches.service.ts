import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThanOrEqual, MoreThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { deleteInBatches } from '../platform/database/delete-in-batches.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { openLaunchToken } from '../platform/ehr/launch-token.js';
import { type Launch, readEhrLaunch } from '../protocol/launch/launch.js';
import { LaunchRecord } from './launch-record.entity.js';

/** Seconds from making a launch until the app must have come with it. */
export const LAUNCH_LIFETIME = 300;

const TOKEN_BYTES = 32;
/** 32 bytes in base64url. The EHR's own tokens are much longer. */
const OURS = /^[A-Za-z0-9_-]{43}$/;

/** What apps are started with: tokens that were made here, and those of the EHR's pages. */
@Injectable()
export class Launches {
  constructor(
    @InjectRepository(LaunchRecord) private readonly launches: Repository<LaunchRecord>,
    private readonly site: EhrSite,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Makes a token for one app.
   * @param clientId of the app
   * @returns what the app is to send as `launch`; only its hash is kept
   */
  async create(clientId: string, launch: Launch): Promise<string> {
    const token = this.random.token(TOKEN_BYTES);
    const expiresAt = new Date(this.clock.now().getTime() + LAUNCH_LIFETIME * 1000);
    await this.launches.insert({ id: hashOf(token), clientId, launch, expiresAt, usedAt: null });
    return token;
  }

  /**
   * Opens a token that an app brings, and uses it up if it was made here: of all who try at once one statement lets one through. The EHR's own can be
   * used again and again, by any app: they say no more than that somebody looked at this patient.
   * @returns null for a token of nobody's, of another app's, that has expired or was used
   * @throws EhrCryptoError when a key of the EHR is missing
   */
  async open(token: string, clientId: string): Promise<Launch | null> {
    if (OURS.test(token)) return this.useUp(token, clientId);
    const json = openLaunchToken(this.site.secretBox, token);
    return json === null ? null : readEhrLaunch(json);
  }

  /** @returns how many rows */
  async deleteExpired(now: Date): Promise<number> {
    const expiresAt = LessThanOrEqual(now);
    return deleteInBatches(
      async (take) => (await this.launches.find({ select: { id: true }, where: { expiresAt }, take })).map(({ id }) => id),
      (ids) => this.launches.delete({ id: In(ids) }),
    );
  }

  private async useUp(token: string, clientId: string): Promise<Launch | null> {
    const now = this.clock.now();
    const id = hashOf(token);
    const { affected } = await this.launches.update({ id, clientId, usedAt: IsNull(), expiresAt: MoreThan(now) }, { usedAt: now });
    return affected === 1 ? ((await this.launches.findOneBy({ id }))?.launch ?? null) : null;
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
