import { createPublicKey } from 'node:crypto';
import { type BeforeApplicationShutdown, Injectable, Logger } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { joinOAuthKeys } from '../platform/ehr/oauth-keys.js';
import { readKeyRows } from '../platform/ehr/open-ehr-site.js';
import { type CertificateFiles, readCertificateFiles, sitePaths } from '../platform/ehr/site-folder.js';
import { KEY_TIMES } from './key-times.js';
import { KeyVouchers } from './key-vouchers.service.js';
import { type SigningKey, signingKey } from './signing-key.js';
import { SigningKeysService } from './signing-keys.service.js';

/** Takes up other keys while the server runs: when the files of the EHR's signer change, and when a replica announces or retires one. */
@Injectable()
export class KeyWatch implements BeforeApplicationShutdown {
  private readonly logger = new Logger('Keys');
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly site: EhrSite,
    @InjectDataSource() private readonly source: DataSource,
    private readonly keys: SigningKeysService,
    private readonly vouchers: KeyVouchers,
    private readonly clock: Clock,
  ) {}

  /** Looks now, and regularly from now on. The timer does not keep the process alive. */
  async start(): Promise<void> {
    this.timer ??= setInterval(() => {
      this.running = this.running.then(() => this.checkQuietly());
    }, KEY_TIMES.watchInterval * 1000).unref();
    await this.checkQuietly();
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.running; // the database is closed after this
  }

  /**
   * Looks once. Before another key signs here, every replica can find out in the database that it is ours, and that the one before still counts.
   * @throws what hinders: files that do not fit each other, as while they are being exchanged, or a database that is away
   */
  async check(): Promise<void> {
    const next = await this.findOther();
    if (next !== null) {
      const { current } = this.keys;
      const now = this.clock.now().getTime();
      await this.vouchers.vouch(current, next.published, new Date(now + KEY_TIMES.announcedFor * 1000));
      await this.vouchers.vouch(next, current.published, new Date(now + KEY_TIMES.retiredFor * 1000));
      this.keys.adopt(next);
      this.logger.log({ kid: next.published.kid, before: current.published.kid }, 'tokens are signed with another key');
    }
    await this.vouchers.reload();
  }

  /** The signer of the EHR where it is another one than ours. A stand-in has none but that of its start. */
  private async findOther(): Promise<SigningKey | null> {
    if (this.site.origin === 'stand-in') return null;
    const files = await readCertificateFiles(this.site.siteDir);
    if (isOf(files, this.keys.current)) return null;
    const keys = joinOAuthKeys(files, sitePaths(this.site.siteDir), await readKeyRows(this.source), this.site.secretBox);
    return keys && signingKey(keys);
  }

  /** The keys at hand go on signing; what hinders is tried again at the next turn. */
  private async checkQuietly(): Promise<void> {
    try {
      await this.check();
    } catch (error) {
      this.logger.warn(error);
    }
  }
}

function isOf({ publicKey }: CertificateFiles, current: SigningKey): boolean {
  return publicKey !== null && createPublicKey(publicKey).equals(current.publicKey);
}
