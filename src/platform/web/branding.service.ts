import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import { GlobalSettings } from '../ehr/global-settings.js';
import type { Branding } from './layout.view.js';

const UNNAMED = 'OpenEMR';

/** What every page says about whose server it is. */
@Injectable()
export class BrandingService {
  constructor(
    private readonly config: Config,
    private readonly settings: GlobalSettings,
  ) {}

  async find(): Promise<Branding> {
    const name = (await this.settings.read()).text('openemr_name');
    return this.named(name === '' ? UNNAMED : name);
  }

  /** The same without a look into the database, which is what the error is about. */
  lastKnown(): Branding {
    return this.named(this.settings.latest?.text('openemr_name') || UNNAMED);
  }

  /** The same, and never fails: the database may be what the error is about. */
  forErrors(): Promise<Branding> {
    return this.find().catch(() => this.named(UNNAMED));
  }

  private named(clinicName: string): Branding {
    return { clinicName, assetsPath: `/${this.config.prefix}/assets`, testData: this.config.databaseUrl === null };
  }
}
