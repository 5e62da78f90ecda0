/**
 * Runs npm scripts side by side: `node scripts/in-parallel.mjs lint typecheck build`. Prints what each has said when it has ended, with the
 * time it took. Lets all of them end, and fails when one has failed.
 */
import { spawn } from 'node:child_process';

/** @returns whether it ended well */
function run(script) {
  const begun = performance.now();
  const child = spawn('npm', ['run', '--silent', script], { stdio: ['ignore', 'pipe', 'pipe'], shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      const seconds = Math.round((performance.now() - begun) / 1000);
      console.log(`── ${script}: ${status === 0 ? 'passed' : `ended with ${status}`} after ${seconds} s\n${said}`.trimEnd());
      resolve(status === 0);
    });
  });
}

const passed = await Promise.all(process.argv.slice(2).map(run));
process.exitCode = passed.every(Boolean) ? 0 : 1;
