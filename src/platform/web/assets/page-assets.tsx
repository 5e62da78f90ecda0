import { createHash } from 'node:crypto';
import { renderToString } from 'preact-render-to-string';
import { Mark } from '../mark.view.js';
import { STYLESHEET } from './chartkey-css.js';
import { FACTORS_SCRIPT } from './factors-script.js';
import { FORM_POST_SCRIPT } from './form-post-script.js';
import { LAUNCH_CSS } from './launch-css.js';
import { LAUNCH_SCRIPT } from './launch-script.js';
import { PAGES_SCRIPT } from './pages-script.js';

const ICON_COLOUR = '#0b6e8f';

/** A file that pages load. `version` is a hash of its content (hex), so that the file may be cached for ever under it. */
export interface PageAsset {
  name: string;
  contentType: string;
  body: string;
  version: string;
}

/** Every file that a page of this server loads; a route serves them by name. */
export const PAGE_ASSETS: readonly PageAsset[] = [
  asset('chartkey.css', 'text/css; charset=utf-8', STYLESHEET),
  asset('pages.js', 'text/javascript; charset=utf-8', PAGES_SCRIPT),
  asset('factors.js', 'text/javascript; charset=utf-8', FACTORS_SCRIPT),
  asset('launch.css', 'text/css; charset=utf-8', LAUNCH_CSS),
  asset('launch.js', 'text/javascript; charset=utf-8', LAUNCH_SCRIPT),
  asset('form-post.js', 'text/javascript; charset=utf-8', FORM_POST_SCRIPT),
  asset('mark.svg', 'image/svg+xml', renderToString(<Mark colour={ICON_COLOUR} />)),
];

/**
 * Address of an asset with its version.
 * @param assetsPath path under which the assets are served, without trailing slash
 * @throws Error when there is no such asset, which is a mistake in a view
 */
export function assetHref(assetsPath: string, name: string): string {
  const found = PAGE_ASSETS.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no page asset is named ${name}`);
  return `${assetsPath}/${found.name}?v=${found.version}`;
}

function asset(name: string, contentType: string, body: string): PageAsset {
  return { name, contentType, body, version: createHash('sha256').update(body).digest('hex').slice(0, 16) };
}
