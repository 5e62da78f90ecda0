import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { findNextSigner, nextSignerPaths, promoteNextSigner, writeNextSigner } from '../platform/ehr/next-signer.js';
import { joinOAuthKeys } from '../platform/ehr/oauth-keys.js';
import { readKeyRows } from '../platform/ehr/open-ehr-site.js';
import type { CertificateFiles } from '../platform/ehr/site-folder.js';
import { createSigner } from '../platform/ehr/site-keys.js';
import { KEY_TIMES } from './key-times.js';
import { KeyVouchers } from './key-vouchers.service.js';
import { type SigningKey, signingKey } from './signing-key.js';
import { SigningKeysService } from './signing-keys.service.js';

/** Milliseconds from the announcement of a key until everyone can know it: replicas look, and copies of the key set get old. */
const PUBLISHED_FOR = (KEY_TIMES.watchInterval + KEY_TIMES.keySetMaxAge) * 1000;

/** Where a rotation stands. */
export interface RotationState {
  readonly phase: 'announced' | 'waiting' | 'switched';
  /** `kid` of the new key. */
  readonly kid: string;
  /** When the new key may sign, or has begun to. */
  readonly switchAt: Date;
}

/**
 * Replaces the EHR's token signer in two steps, so that nobody ever meets a signature of a key that they could not know: a new pair is laid down and
 * announced, then, when every copy of the key set has it, put in the place of the old one. The old key counts until its last token has ended. The pass
 * phrase, which is a row of the EHR's, stays.
 */
@Injectable()
export class KeyRotation {
  constructor(
    private readonly site: EhrSite,
    @InjectDataSource() private readonly source: DataSource,
    private readonly keys: SigningKeysService,
    private readonly vouchers: KeyVouchers,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /**
   * Takes the next step that is due.
   * @param isUrgent switches at once, although others may not know the key yet: when the old one has got into wrong hands
   * @throws SiteFolderError when the site folder cannot be written; OAuthKeysError when what waits there is no pair
   */
  async advance(isUrgent: boolean): Promise<RotationState> {
    const rows = await readKeyRows(this.source);
    const waiting = await findNextSigner(this.site.siteDir);
    const next = this.open(waiting ?? (await this.layDown(rows)), rows);
    const known = await this.vouchers.findOwn(next.published.kid);
    const switchAt = new Date((known?.madeAt ?? this.clock.now()).getTime() + PUBLISHED_FOR);
    if (known === null) await this.vouchers.vouch(this.keys.current, next.published, this.after(KEY_TIMES.announcedFor));
    const isDue = switchAt <= this.clock.now();
    if (!isUrgent && !isDue) return { phase: known === null ? 'announced' : 'waiting', kid: next.published.kid, switchAt };
    await this.vouchers.vouch(next, this.keys.current.published, this.after(KEY_TIMES.retiredFor));
    await promoteNextSigner(this.site.siteDir);
    return { phase: 'switched', kid: next.published.kid, switchAt: this.clock.now() };
  }

  private async layDown(rows: ReadonlyMap<string, string>): Promise<CertificateFiles> {
    const pems = await createSigner(this.site.secretBox.open(rows.get('oauth2passphrase') ?? ''));
    await writeNextSigner(this.site.siteDir, pems, this.random);
    return pems;
  }

  private open(files: CertificateFiles, rows: ReadonlyMap<string, string>): SigningKey {
    const keys = joinOAuthKeys(files, nextSignerPaths(this.site.siteDir), rows, this.site.secretBox);
    if (keys === null) throw new Error('there are rows of the signer, and so it has keys or is incomplete');
    return signingKey(keys);
  }

  private after(seconds: number): Date {
    return new Date(this.clock.now().getTime() + seconds * 1000);
  }
}
