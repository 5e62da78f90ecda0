import { Injectable } from '@nestjs/common';
import { Config } from '../config/config.js';
import type { Globals } from '../ehr/global-settings.js';
import { BrandAssets, COLOURS, LOGO } from './assets/brand-assets.js';
import type { Branding } from './page-frame.js';

const UNNAMED = 'OpenEMR';

/** What every page says about whose server it is. */
@Injectable()
export class BrandingService {
  constructor(
    private readonly config: Config,
    private readonly assets: BrandAssets,
  ) {}

  /** @param globals settings of the EHR */
  of(globals: Globals): Branding {
    const name = globals.text('openemr_name');
    const assetsPath = `/${this.config.prefix}/assets`;
    const href = (asset: string): string | null => {
      const found = this.assets.find(asset);
      return found && `${assetsPath}/${asset}?v=${found.version}`;
    };
    return {
      clinicName: name === '' ? UNNAMED : name,
      rootPath: this.config.webRoot,
      assetsPath,
      testData: this.config.databaseUrl === null,
      logoHref: href(LOGO),
      coloursHref: href(COLOURS),
      helpText: this.config.helpText,
    };
  }
}
