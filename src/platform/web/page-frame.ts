import type { Words } from '../i18n/words.js';
import type { PageExpiry } from './idle-warning.view.js';

/** Whose pages these are. `rootPath` is the web root, '' where there is none; `assetsPath` has no trailing slash; `testData` puts a ribbon on every page. */
export interface Branding {
  clinicName: string;
  rootPath: string;
  assetsPath: string;
  testData: boolean;
  /** Addresses of the clinic's own logo and colours; null where it has none. */
  logoHref: string | null;
  coloursHref: string | null;
  /** Plain text; null: nothing. */
  helpText: string | null;
}

/** What stands around a page, and in which language it speaks. `PageFrames` makes one for a request. */
export interface PageFrame {
  readonly branding: Branding;
  readonly words: Words;
  /** Path and query that show this page again, for the switcher of languages; null: the page cannot be asked for twice. */
  readonly here: string | null;
  /** Until when the page can be used; null: it does not expire. */
  readonly expiry: PageExpiry | null;
}

/** What every page's model has. */
export interface PageModel {
  readonly frame: PageFrame;
}
