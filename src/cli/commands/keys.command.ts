import { Command } from 'commander';
import type { KeyBundle } from '../../platform/ehr/key-bundle.js';
import type { KeyEntry } from '../../platform/ehr/key-inventory.js';
import { EXIT_STATUS } from '../exit-status.js';
import type { KeyReport } from '../key-report.js';
import { columns, type OutputOptions, print } from '../output.js';

interface FileOptions extends OutputOptions {
  readonly file: string;
  readonly replace?: boolean;
}

const PASS_PHRASE = `
The pass phrase comes from CHARTKEY_BUNDLE_PASSPHRASE, from the terminal, or from the first line of standard input.`;

const ROTATION = `
Runs where OPENEMR_SITE_DIR can be written, as the owner of the EHR's key files or as root. Exit status 1: it is too early to switch.
The EHR's API knows one key: from the switch on it refuses access tokens of the old one, and apps must refresh.`;

/** `chartkey keys …` */
export function keysCommand(): Command {
  const keys = new Command('keys').description('the keys of the EHR: which are in use, and how they get to a host without its site folder');
  keys
    .command('list')
    .description('say which keys are in use, where they are, and which are missing; exit status 1 when one is needed and missing')
    .option('--json', 'print them as JSON')
    .action(list);
  keys
    .command('rotate')
    .description('replace the key that signs tokens: announce a new one, and at the next call, when everyone can know it, switch to it')
    .option('--now', 'switch at once, although apps may refuse tokens of a key they do not know yet: when the old one is in wrong hands')
    .option('--json', 'print where the rotation stands as JSON')
    .addHelpText('after', ROTATION)
    .action(rotate);
  keys
    .command('export')
    .description("put the keys of the EHR's site folder (OPENEMR_SITE_DIR) into one encrypted file")
    .requiredOption('--file <path>', 'the file to write; it must not exist')
    .option('--json', 'print what is in it as JSON')
    .addHelpText('after', PASS_PHRASE)
    .action(exportKeys);
  keys
    .command('import')
    .description('check that the keys of such a file open what is in the database, and lay them out under CHARTKEY_DATA_DIR')
    .requiredOption('--file <path>', 'the file that `keys export` wrote')
    .option('--replace', 'put them in the place of keys that were imported before')
    .option('--json', 'print where they are as JSON')
    .addHelpText('after', PASS_PHRASE)
    .action(importKeys);
  return keys;
}

async function list(options: OutputOptions): Promise<void> {
  const { realAmbient } = await import('../application.js');
  const { withDatabase } = await import('../database.js');
  const { isIncomplete, reportKeys } = await import('../key-report.js');
  const report = await withDatabase((source, config) => reportKeys(source, config, realAmbient()));
  print(report, reportLines(report), options);
  if (isIncomplete(report)) process.exitCode = EXIT_STATUS.found;
}

async function rotate({ now = false, ...options }: OutputOptions & { readonly now?: boolean }): Promise<void> {
  const { rotateKeys } = await import('../key-rotation.js');
  const state = await rotateKeys(now);
  const at = state.switchAt.toISOString();
  const words = {
    announced: [`The key ${state.kid} is announced.`, `Call this again after ${at} to sign with it.`],
    waiting: [`The key ${state.kid} is announced; it is too early to sign with it before ${at}.`],
    switched: [`Tokens are signed with ${state.kid} from now on; servers that run take it up within a minute.`],
  };
  print(state, words[state.phase], options);
  if (state.phase === 'waiting') process.exitCode = EXIT_STATUS.found;
}

async function exportKeys({ file, ...options }: FileOptions): Promise<void> {
  const { SystemRandom } = await import('../../platform/ambient/random.js');
  const { readSettings } = await import('../settings.js');
  const { readPassPhrase } = await import('../pass-phrase.js');
  const { sealKeyBundle } = await import('../../platform/ehr/key-bundle.js');
  const { checkAbsent, gatherBundle, writeBundleFile } = await import('../key-carrier.js');
  const config = readSettings();
  const bundle = await gatherBundle(config);
  await checkAbsent(file);
  const text = await sealKeyBundle(bundle, await readPassPhrase(config, true), new SystemRandom());
  await writeBundleFile(file, text);
  const { site, files } = described(bundle);
  print({ file, site, files }, [`Wrote ${file}: ${files.length} files of the site ${site}`, ...files.map((path) => `  ${path}`)], options);
}

async function importKeys({ file, replace = false, ...options }: FileOptions): Promise<void> {
  const { SystemRandom } = await import('../../platform/ambient/random.js');
  const { readPassPhrase } = await import('../pass-phrase.js');
  const { openKeyBundle } = await import('../../platform/ehr/key-bundle.js');
  const { checkImportable, layOut, readBundleFile, tryBundle } = await import('../key-carrier.js');
  const { readSettings } = await import('../settings.js');
  const random = new SystemRandom();
  const settings = readSettings();
  checkImportable(settings, replace);
  const bundle = await openKeyBundle(await readBundleFile(file), await readPassPhrase(settings, false));
  const { withDatabase } = await import('../database.js');
  const { signingKeyFacts } = await import('../key-report.js');
  const site = await withDatabase((source, config) => tryBundle(source, config, bundle, file, random));
  await layOut(settings, bundle, random);
  const { files } = described(bundle);
  const signingKey = signingKeyFacts(site);
  const words = [
    `The keys fit the database. They are in ${site.siteDir} now, ${files.length} files.`,
    `Tokens are signed with ${signingKey.kid}.`,
  ];
  print({ siteDir: site.siteDir, files, signingKey }, [...words, 'A server that runs already takes them up at its next start.'], options);
}

function described({ site, files }: KeyBundle): { site: string; files: string[] } {
  return { site, files: [...files.keys()] };
}

function reportLines({ origin, siteDir, signingKey, problem, keys }: KeyReport): string[] {
  const signer =
    signingKey === null
      ? [['Signing key', problem ?? 'none']]
      : [
          ['Signing key', signingKey.kid],
          ['Algorithm', `${signingKey.algorithm}, RSA of ${signingKey.bits} bits`],
          ['Fingerprint', `SHA-256 ${signingKey.fingerprint}`],
        ];
  return [
    ...columns([['Origin', origin], ['Folder', siteDir], ...signer]),
    '',
    ...columns([['KEY', 'PLACE', 'STATE', 'NEEDED', ''], ...keys.map(row)]),
  ];
}

function row({ label, place, state, isNeeded, problem }: KeyEntry): string[] {
  return [label, place, state, isNeeded ? 'yes' : 'no', problem ?? ''];
}
