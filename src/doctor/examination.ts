import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import type { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { EhrKey } from '../platform/ehr/ehr-key.entity.js';
import type { EhrSite } from '../platform/ehr/ehr-site.js';
import { GlobalSetting } from '../platform/ehr/global-setting.entity.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { OAuthKeysError } from '../platform/ehr/oauth-keys.js';
import { openEhrSite } from '../platform/ehr/open-ehr-site.js';
import { locateSite } from '../platform/ehr/site-location.js';
import type { Ambient } from '../platform/platform.module.js';

/** What the checks look at. It is put together without the application, which does not start on what they look for. */
export class Examination {
  readonly settings: GlobalSettings;
  readonly ehrClock: EhrClock;
  readonly transactions: Transactions;
  private site: Promise<EhrSite> | null = null;

  /** @param source connected, and knows every mapped table */
  constructor(
    readonly source: DataSource,
    readonly config: Config,
    readonly ambient: Ambient,
  ) {
    this.settings = new GlobalSettings(source.getRepository(GlobalSetting), ambient.clock);
    this.ehrClock = new EhrClock(this.settings, config, ambient.clock);
    this.transactions = new Transactions(source);
  }

  now(): Date {
    return this.ambient.clock.now();
  }

  /**
   * The keys of the site, opened once. Nothing is made: where the server would make keys at its first start, there are none yet.
   * @throws OAuthKeysError, EhrCryptoError, SiteFolderError saying what is missing and where it was looked for
   */
  openSite(): Promise<EhrSite> {
    this.site ??= this.open();
    return this.site;
  }

  private async open(): Promise<EhrSite> {
    if (await this.wouldMakeKeys()) throw new OAuthKeysError('there are no keys yet');
    return openEhrSite(this.source, this.config, this.ambient.random);
  }

  private async wouldMakeKeys(): Promise<boolean> {
    const { origin, siteDir } = locateSite(this.config);
    if (origin === 'embedded') return (await this.source.getRepository(EhrKey).count()) === 0;
    return origin === 'stand-in' && !existsSync(join(siteDir, 'keys.json'));
  }
}
