/**
 * Makes a fresh clone ready: `node scripts/prepare.mjs [--build]`.
 * Installs the locked dependencies when they are missing or differ from `package-lock.json`, and with `--build` compiles
 * `src/` when `dist/` does not hold what is there now. Says nothing when there is nothing to do. Needs nothing installed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OLDEST_NODE = [20, 19];
const BUILD_SETTINGS = ['package.json', 'nest-cli.json', 'tsconfig.json', 'tsconfig.build.json', 'scripts/bundle.mjs'];

const inRoot = (...path) => join(ROOT, ...path);

/** Ends the process with a message for a person. */
function stop(...lines) {
  console.error(`\n${lines.join('\n')}\n`);
  process.exit(1);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return;
  stop(
    `Chartkey needs Node.js ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node} (${process.execPath}).`,
    'Install a current one from https://nodejs.org or with your version manager, then run the command again.',
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return null; // missing, or left half-written by an install that was interrupted
  }
}

/** Whether every package of the lock file is there in its version; optional ones may be missing (those of other platforms). */
function isInstalled() {
  const locked = readPackages(inRoot('package-lock.json'));
  const present = readPackages(inRoot('node_modules', '.package-lock.json'));
  if (present === null) return false;
  if (locked === null) stop('package-lock.json is missing or unreadable; restore it with `git checkout package-lock.json`.');
  return Object.entries(locked).every(([path, { version, optional }]) => {
    const found = present[path];
    return path === '' || (found === undefined ? optional === true : found.version === version);
  });
}

/** Runs npm with the one that started us, if any, else with the one in PATH. @returns its exit status */
function runNpm(args) {
  const started = process.env.npm_execpath ?? '';
  const options = { cwd: ROOT, stdio: 'inherit' };
  const ended =
    basename(started) === 'npm-cli.js'
      ? spawnSync(process.execPath, [started, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
  if (ended.error) stop(`npm could not be started: ${ended.error.message}`);
  return ended.status ?? 1;
}

function install() {
  console.log('Installing the locked dependencies (npm ci); the first time this takes about half a minute …');
  // No dependency needs an install script: what is native comes as a ready binary.
  const status = runNpm(['ci', '--include=dev', '--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error']);
  if (status === 0) return;
  stop(
    `The dependencies could not be installed: npm ci ended with status ${status}, its reason is above.`,
    'Without network access to an npm registry, either point npm at one that is reachable (`npm config set registry …`),',
    'or copy `node_modules` of the same commit from a machine with the same platform. Then run the command again.',
  );
}

function filesUnder(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

const modifiedAt = (file) => statSync(file).mtimeMs;
const isSource = (file) => !/\.spec\.tsx?$/.test(file);

/** Whether `dist/` holds one module for each source, none older than any source or build setting. */
function isBuilt() {
  const sources = filesUnder(inRoot('src')).filter(isSource);
  const compiled = sources.filter((file) => /(?<!\.d)\.tsx?$/.test(file)).map((file) => file.replace(/\.tsx?$/, '.js'));
  const built = filesUnder(inRoot('dist')).filter((file) => file.endsWith('.js'));
  const expected = new Set(compiled.map((file) => join(inRoot('dist'), file.slice(inRoot('src').length))));
  if (built.length !== expected.size || !built.every((file) => expected.has(file))) return false;
  const newest = Math.max(...[...sources, ...BUILD_SETTINGS.map((name) => inRoot(name))].map(modifiedAt));
  const bundle = inRoot('dist/bundle/chartkey.mjs');
  return existsSync(bundle) && Math.min(...[...built, bundle].map(modifiedAt)) >= newest;
}

function build() {
  console.log('Building (npm run build) …');
  const status = runNpm(['run', '--silent', 'build']);
  if (status !== 0) stop(`The build failed with status ${status}, its reason is above.`);
}

checkNode();
if (!isInstalled()) install();
if (process.argv.includes('--build') && !isBuilt()) build();
