import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the program calls itself, e.g. `Chromium 140.0.7339.80`; null when it does not start. */
function versionOf(file) {
  try {
    return execFileSync(file, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 20_000 }).trim();
  } catch {
    return null;
  }
}

/**
 * Looks for Chromium or Chrome: `CHROMIUM_PATH`, `/usr/bin/chromium`, then the usual names in PATH.
 * @returns `{ path, version }`, or null when there is none
 * @throws Error when `CHROMIUM_PATH` is set and does not name a browser that starts
 */
export function findBrowser(env = process.env) {
  const named = env.CHROMIUM_PATH ?? '';
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const usual = ['/usr/bin/chromium', ...NAMES.flatMap((name) => folders.map((folder) => join(folder, name)))];
  for (const path of (named === '' ? usual : [named]).filter(isProgram)) {
    const version = versionOf(path);
    if (version !== null) return { path, version };
  }
  if (named !== '') throw new Error(`CHROMIUM_PATH names ${named}, which is not a browser that starts`);
  return null;
}
