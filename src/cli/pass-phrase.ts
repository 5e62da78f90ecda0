import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Config } from '../platform/config/config.js';
import { KeyBundleError } from '../platform/ehr/key-bundle.js';

const SHORTEST = 12;

/**
 * The pass phrase of a key bundle: from the settings, else from the terminal without showing it, else the first line of standard input.
 * Never an argument, which every user of the machine could read.
 * @param isNew asked for twice, and not too short
 * @throws KeyBundleError when there is none, or it will not do
 */
export async function readPassPhrase({ bundlePassPhrase }: Pick<Config, 'bundlePassPhrase'>, isNew: boolean): Promise<string> {
  if (bundlePassPhrase !== null) return bundlePassPhrase.reveal();
  const passPhrase = process.stdin.isTTY ? await ask('Pass phrase: ') : await readLine();
  if (passPhrase === '') throw new KeyBundleError('no pass phrase: set CHARTKEY_BUNDLE_PASSPHRASE, or give it on standard input');
  if (isNew && passPhrase.length < SHORTEST) throw new KeyBundleError(`the pass phrase must have at least ${SHORTEST} characters`);
  if (isNew && process.stdin.isTTY && (await ask('Again: ')) !== passPhrase) throw new KeyBundleError('the two pass phrases differ');
  return passPhrase;
}

/** stdout belongs to the command, so the question is on stderr. */
async function ask(question: string): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() }); // what is typed is not shown
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true });
  process.stderr.write(question); // the terminal no longer shows what is typed
  const answer = await firstLine(lines);
  process.stderr.write('\n');
  return answer;
}

function readLine(): Promise<string> {
  return firstLine(createInterface({ input: process.stdin }));
}

/** @returns '' when the input ends before, or Ctrl+C is pressed */
function firstLine(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => resolve(''));
  });
}
