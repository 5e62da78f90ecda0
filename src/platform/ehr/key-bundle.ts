import { createCipheriv, createDecipheriv, scrypt, type ScryptOptions } from 'node:crypto';
import { join } from 'node:path';
import type { RandomBytes } from '../ambient/random.js';
import { KEY_LABELS } from './crypto-gen.js';
import { sitePaths } from './site-folder.js';

const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const SALT_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** 128 MiB and half a second for each guess at the pass phrase. Fixed by the version, so that no file can ask for more. */
const COST: ScryptOptions = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 2 ** 20 };
const CONTEXT = Buffer.from(`chartkey key bundle, version ${VERSION}`);

/** A key bundle cannot be made, opened or used. The message names files and keys, never what is in them. */
export class KeyBundleError extends Error {
  override readonly name = 'KeyBundleError';
}

/** The key files of one site. */
export interface KeyBundle {
  /** Name of the EHR's site. */
  readonly site: string;
  /** Path below the site folder -> content. */
  readonly files: ReadonlyMap<string, string>;
}

/** What may be in a bundle: path below the site folder -> label of a drive key, or null for the token signer. */
export const BUNDLED_FILES: ReadonlyMap<string, string | null> = new Map<string, string | null>([
  ...KEY_LABELS.map((label): [string, string] => [join(sitePaths('').keyFolder, label), label]),
  [sitePaths('').privateKey, null],
  [sitePaths('').publicKey, null],
]);

/**
 * Seals a bundle with a pass phrase.
 * @returns JSON text: version, salt, IV and what is sealed, in base64
 */
export async function sealKeyBundle({ site, files }: KeyBundle, passPhrase: string, random: RandomBytes): Promise<string> {
  const [salt, iv] = [random.bytes(SALT_BYTES), random.bytes(IV_BYTES)];
  const cipher = createCipheriv(CIPHER, await deriveKey(passPhrase, salt), iv).setAAD(CONTEXT);
  const text = JSON.stringify({ site, files: Object.fromEntries(files) });
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const parts = { salt, iv, sealed };
  const encoded = Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, bytes.toString('base64')]));
  return `${JSON.stringify({ chartkeyKeyBundle: VERSION, ...encoded })}\n`;
}

/**
 * Opens a bundle.
 * @param text of the file, from anywhere
 * @throws KeyBundleError when it is no bundle, is damaged, or the pass phrase is another one
 */
export async function openKeyBundle(text: string, passPhrase: string): Promise<KeyBundle> {
  const { salt, iv, sealed } = readEnvelope(text);
  const decipher = createDecipheriv(CIPHER, await deriveKey(passPhrase, salt), iv).setAAD(CONTEXT);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  let opened: string;
  try {
    opened = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (error) {
    throw new KeyBundleError('the bundle does not open: the pass phrase is another one, or the file was altered', { cause: error });
  }
  return readContents(opened);
}

function readEnvelope(text: string): Record<'salt' | 'iv' | 'sealed', Buffer> {
  const { chartkeyKeyBundle: version, ...encoded } = readObject(text);
  if (version === undefined) throw new KeyBundleError('the file is no key bundle, or is cut short');
  if (version !== VERSION) throw new KeyBundleError('the bundle has a version that this program does not know');
  const [salt, iv, sealed] = ['salt', 'iv', 'sealed'].map((name) => bytesOf(encoded[name]));
  if (salt?.length !== SALT_BYTES || iv?.length !== IV_BYTES || sealed === undefined || sealed.length <= TAG_BYTES) {
    throw new KeyBundleError('the bundle is damaged');
  }
  return { salt, iv, sealed };
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(typeof value === 'string' ? value : '', 'base64');
}

function readContents(text: string): KeyBundle {
  const { site, files } = readObject(text);
  const entries = typeof files === 'object' && files !== null ? Object.entries(files) : [];
  const isFile = (entry: [string, unknown]): entry is [string, string] => BUNDLED_FILES.has(entry[0]) && typeof entry[1] === 'string';
  if (typeof site !== 'string' || !entries.every(isFile)) throw new KeyBundleError('the bundle holds something else than keys');
  return { site, files: new Map(entries) };
}

function readObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function deriveKey(passPhrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passPhrase.normalize('NFC'), salt, KEY_BYTES, COST, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
