import { generateKeyPair } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LETTERS_AND_DIGITS, randomText, type RandomBytes } from '../ambient/random.js';
import { KEY_LABELS } from './crypto-gen.js';
import { EhrKeyRing } from './key-ring.js';
import { existingKeyFiles, readDriveKeyFiles, SiteFolderError, sitePaths, writeSiteFile } from './site-folder.js';

const KEY_BYTES = 32;
const PASS_PHRASE_LENGTH = 60;
const DRIVE_KEY_MODE = 0o640;
const PRIVATE_KEY_MODE = 0o640;
const PUBLIC_KEY_MODE = 0o660;
const generateKeyPairAsync = promisify(generateKeyPair);

/** Names of all rows of the table `keys` that hold key material of a site. */
export const SITE_KEY_ROWS: readonly string[] = [...KEY_LABELS, 'oauth2key', 'oauth2passphrase'];

/**
 * Reads the key files of a site into a ring.
 * @param siteDir folder of the site
 * @param keyRows rows of the table `keys`: name -> value
 * @throws SiteFolderError when a key file cannot be read; keys that are absent or damaged show when they are asked for
 */
export async function loadKeyRing(siteDir: string, keyRows: ReadonlyMap<string, string>, random: RandomBytes): Promise<EhrKeyRing> {
  const driveFiles = await readDriveKeyFiles(siteDir);
  return new EhrKeyRing({ databaseKeys: keyRows, driveFiles, driveFolder: sitePaths(siteDir).keyFolder }, random);
}

/**
 * Makes the key material of a new site, as the EHR's current version would: keys of version 7 and the token signer. Files are written;
 * the rows are the caller's to insert.
 * @param siteDir folder of the site; made when missing
 * @param existingRows names of the rows that the table `keys` has
 * @returns rows of the table `keys` to insert: name -> value
 * @throws SiteFolderError naming what it found when there is any key material already: a second set would orphan what the first sealed
 */
export async function createSiteKeys(
  siteDir: string,
  random: RandomBytes,
  existingRows: Iterable<string> = [],
): Promise<Map<string, string>> {
  const found = [
    ...(await existingKeyFiles(siteDir)),
    ...[...existingRows].filter((name) => SITE_KEY_ROWS.includes(name)).map((name) => `row ${name} of the table keys`),
  ];
  if (found.length > 0) throw new SiteFolderError(`not a new site, key material exists: ${found.join(', ')}`);
  const { keyFolder } = sitePaths(siteDir);
  const rows = new Map([
    ['sevena', random.bytes(KEY_BYTES).toString('base64')],
    ['sevenb', random.bytes(KEY_BYTES).toString('base64')],
  ]);
  const driveFiles = new Map<string, string>();
  const ring = new EhrKeyRing({ databaseKeys: rows, driveFiles, driveFolder: keyFolder }, random);
  for (const label of ['sevena', 'sevenb']) driveFiles.set(label, ring.seal('database', random.bytes(KEY_BYTES)));

  const passPhrase = randomText(random, LETTERS_AND_DIGITS, PASS_PHRASE_LENGTH);
  rows.set('oauth2key', ring.seal('drive', Buffer.from(random.bytes(KEY_BYTES).toString('base64'), 'utf8')));
  rows.set('oauth2passphrase', ring.seal('drive', Buffer.from(passPhrase, 'utf8')));
  const pair = await createSigner(passPhrase);

  const paths = sitePaths(siteDir);
  for (const [label, content] of driveFiles) await writeSiteFile(join(keyFolder, label), content, DRIVE_KEY_MODE, random);
  await writeSiteFile(paths.privateKey, pair.privateKey, PRIVATE_KEY_MODE, random);
  await writeSiteFile(paths.publicKey, pair.publicKey, PUBLIC_KEY_MODE, random);
  return rows;
}

/**
 * RSA 2048, the private half as encrypted PKCS#8: the only form the EHR reads. The pair comes from the operating system's generator.
 * @returns PEM texts
 */
export function createSigner(passPhrase: string): Promise<{ privateKey: string; publicKey: string }> {
  return generateKeyPairAsync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: passPhrase },
  });
}
