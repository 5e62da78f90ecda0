import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/config.js';
import { brandCss } from './brand-css.js';

export const LOGO = 'logo';
export const COLOURS = 'brand.css';

/** A file of the clinic that pages load. */
interface BrandAsset {
  readonly contentType: string;
  readonly body: string | Buffer;
  /** Hash of the content (hex). */
  readonly version: string;
}

/** What the settings of this clinic add to the files of the pages. */
@Injectable()
export class BrandAssets {
  private readonly assets: ReadonlyMap<string, BrandAsset>;

  constructor({ logo, brandColour }: Config) {
    const colours = brandColour && brandCss(brandColour);
    this.assets = new Map<string, BrandAsset>([
      ...(logo ? [[LOGO, logo] as const] : []),
      ...(colours ? [[COLOURS, { contentType: 'text/css; charset=utf-8', body: colours, version: versionOf(colours) }] as const] : []),
    ]);
  }

  find(name: string): BrandAsset | null {
    return this.assets.get(name) ?? null;
  }
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
