import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Globals } from '../ehr/global-settings.js';
import type { Branding } from './page-frame.js';

const UNNAMED = 'OpenEMR';

/** What every page says about whose server it is. */
@Injectable()
export class BrandingService {
  constructor(private readonly config: Config) {}

  /** @param globals settings of the EHR */
  of(globals: Globals): Branding {
    const name = globals.text('openemr_name');
    return {
      clinicName: name === '' ? UNNAMED : name,
      rootPath: this.config.webRoot,
      assetsPath: `/${this.config.prefix}/assets`,
      testData: this.config.databaseUrl === null,
    };
  }
}
