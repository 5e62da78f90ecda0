import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectOf } from './test-plan.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const NODE_OPTIONS = ['--disable-warning=ExperimentalWarning'];
/** Arguments by which a person chooses the workers. */
const WORKERS = /^(-i|--runInBand|-w|--maxWorkers)(=|$)/;

/**
 * Runs Jest once and counts.
 * @param run `{ projects, env, jestArguments }`; env replaces the whole environment of the tests
 * @param signal ends Jest early
 * @returns `{ passed, failed, skipped, troubles }`; a run that crashed, or a project of it that had no test, is a failure with its
 *   reason in troubles
 */
export async function runJest({ projects, env, jestArguments }, signal) {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-test-'));
  const outputFile = join(folder, 'results.json');
  try {
    const chosen = jestArguments.length > 0 ? ['--passWithNoTests', ...jestArguments] : [];
    const workers = jestArguments.some((argument) => WORKERS.test(argument)) ? [] : ['--maxWorkers=2'];
    const args = ['--selectProjects', ...projects, ...workers, '--json', `--outputFile=${outputFile}`, ...chosen];
    const status = await statusOf(spawn(process.execPath, [...NODE_OPTIONS, JEST, ...args], { cwd: ROOT, env, signal, stdio: 'inherit' }));
    const mustRun = jestArguments.length > 0 ? [] : projects; // a person's own choice may leave a project without tests
    return count(readResults(outputFile), status, mustRun);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns exit status, or the name of the signal or error that ended it */
function statusOf(child) {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function count(results, status, mustRun) {
  if (results === null) return { passed: 0, failed: 1, skipped: 0, troubles: [`Jest ended with ${status} and left no results`] };
  const ran = new Set(results.testResults.map(({ name }) => projectOf(relative(ROOT, name).split(sep).join('/'))));
  const broken = results.testResults.filter(
    ({ status: outcome, assertionResults }) => outcome === 'failed' && assertionResults.length === 0,
  );
  const troubles = [
    ...broken.map(({ name }) => `${relative(ROOT, name)} could not be run`),
    ...mustRun.filter((project) => !ran.has(project)).map((project) => `${project} has no test`),
  ];
  const failed = results.numFailedTests + troubles.length;
  if (failed === 0 && status !== 0) troubles.push(`Jest ended with ${status} although no test failed`);
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + troubles.length,
    skipped: results.numPendingTests + results.numTodoTests,
    troubles,
  };
}
