import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A program under `examples/`, by its path there. @returns what it prints */
export async function runExample(path: string, env: Readonly<Record<string, string>> = {}, args: readonly string[] = []): Promise<string> {
  const { stdout } = await run(process.execPath, [`examples/${path}`, ...args], { env: { ...process.env, ...env } });
  return stdout;
}

/** A server under `examples/`, started; it prints its address when it is ready. */
export async function startExample(path: string, env: Readonly<Record<string, string>>): Promise<{ stop(): Promise<void> }> {
  const child: ChildProcess = spawn(process.execPath, [`examples/${path}`], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await Promise.race([
    once(child.stdout ?? child, 'data'),
    once(child, 'exit').then(() => Promise.reject(new Error(`examples/${path} ended`))),
  ]);
  return {
    stop: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    },
  };
}
