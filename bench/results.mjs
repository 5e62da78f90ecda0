import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../artifacts/bench/', import.meta.url));

/** The commit that is measured, with a `+` where the checkout differs from it; "unknown" outside a repository. */
function commitOf() {
  const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    return (
      git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--untracked-files=no', '--', 'src', 'bench') === '' ? '' : '+')
    );
  } catch {
    return 'unknown';
  }
}

/** Says of which commit and when a result is. @param result `{ facts, options, data }`; data is the part's own, of what JSON can hold */
export const stamped = (result) => ({ commit: commitOf(), at: new Date().toISOString().slice(0, 16).replace('T', ' '), ...result });

/** Keeps what a part of the benchmark measured, so that parts may be measured one at a time. @param result of `stamped` */
export function keepResult(part, result) {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${part}.json`), `${JSON.stringify(result)}\n`);
}

/** What each part measured last: `{ commit, at, facts, options, data }` by its name; parts that never ran are absent. */
export function readResults() {
  mkdirSync(FOLDER, { recursive: true });
  const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
  return Object.fromEntries(files.map((file) => [basename(file, '.json'), JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))]));
}
