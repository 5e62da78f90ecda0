import type { RandomBytes } from '../ambient/random.js';
import {
  type BlobVersion,
  findBlobVersion,
  keyLabels,
  openBlob,
  SEAL_VERSIONS,
  sealBlob,
  type KeyLookup,
  type SealVersion,
} from './crypto-gen.js';
import { EhrCryptoError } from './ehr-crypto.error.js';
import { findBase64Bytes } from './php-base64.js';

const KEY_BYTES = 32;

/** Where a key lives. What is stored in the database is sealed with keys of the drive, and the other way round. */
export type KeySource = 'drive' | 'database';

/** Labels whose file holds the bare key; later ones are sealed with keys of the database. */
const BARE_DRIVE_LABELS: ReadonlySet<string> = new Set(['one', 'twoa', 'twob', 'foura', 'fourb']);

/** Labels that exist on the drive only, so that blobs of versions 1 to 3 look there whatever the source. */
const DRIVE_ONLY_LABELS: ReadonlySet<string> = new Set(['one', 'twoa', 'twob']);

/** The key material of a site as it is stored. */
export interface KeyMaterial {
  /** Rows of the table `keys`: name -> value; rows that are no raw keys do no harm. */
  databaseKeys: ReadonlyMap<string, string>;
  /** Files of the key folder: label -> content. */
  driveFiles: ReadonlyMap<string, string>;
  /** The folder the files came from, for error messages. */
  driveFolder: string;
}

/**
 * The raw keys of a site. A key is decoded, and a sealed key file opened, when it is first asked for; a missing key is never made up,
 * because a second key beside the EHR's own would orphan what is sealed.
 */
export class EhrKeyRing {
  private readonly opened = new Map<string, Buffer>();

  constructor(
    private readonly material: KeyMaterial,
    private readonly random: RandomBytes,
  ) {}

  /**
   * @param label such as `sevena`
   * @returns the raw key, 32 bytes
   * @throws EhrCryptoError missing-key, bad-key, or why a sealed key file did not open
   */
  getKey(source: KeySource, label: string): Buffer {
    const place: KeySource = DRIVE_ONLY_LABELS.has(label) ? 'drive' : source;
    const name = `${place}/${label}`;
    const known = this.opened.get(name);
    if (known) return known;
    const key = place === 'database' ? this.openDatabaseKey(label) : this.openDriveKey(label);
    this.opened.set(name, key);
    return key;
  }

  /** Whether a key is stored, whatever is in it. */
  hasKey(source: KeySource, label: string): boolean {
    const stored = source === 'database' ? this.material.databaseKeys : this.material.driveFiles;
    return (stored.get(label) ?? '').trim() !== '';
  }

  /** @returns the lookup that opens and seals with the keys of one source */
  lookup(source: KeySource): KeyLookup {
    return (label) => this.getKey(source, label);
  }

  /**
   * The version in which new values are sealed: the highest whose two keys exist. A key that exists and does not open is not passed over:
   * falling back in silence would hide a damaged site.
   * @throws EhrCryptoError missing-key when there is no pair at all
   */
  writingVersion(source: KeySource): SealVersion {
    const stored = source === 'database' ? this.material.databaseKeys : this.material.driveFiles;
    const version = SEAL_VERSIONS.find((candidate) => {
      const { encryption, authentication } = keyLabels(candidate);
      return stored.has(encryption) && authentication !== null && stored.has(authentication);
    });
    if (version !== undefined) return version;
    throw new EhrCryptoError(
      'missing-key',
      `no pair of keys to seal with, looked for foura and fourb up to sevena and sevenb in ${this.placeOf(source)}`,
    );
  }

  /**
   * Opens a blob of any version with the keys of a source.
   * @throws EhrCryptoError naming the keys that are missing or were tried, and where they are
   */
  open(source: KeySource, blob: string): Buffer {
    try {
      return openBlob(blob, this.lookup(source));
    } catch (error) {
      const version = findBlobVersion(blob);
      const isNamed = !(error instanceof EhrCryptoError) || error.code !== 'tampered' || error.cause !== undefined; // a key file did not open
      if (isNamed || version === null) throw error;
      throw new EhrCryptoError('tampered', `${error.message}; tried ${this.namesOf(source, version)}`, { cause: error });
    }
  }

  /**
   * Seals bytes in the writing version of a source.
   * @throws EhrCryptoError missing-key, bad-key
   */
  seal(source: KeySource, plaintext: Buffer): string {
    return sealBlob(plaintext, this.lookup(source), this.writingVersion(source), this.random);
  }

  private openDatabaseKey(label: string): Buffer {
    const value = this.material.databaseKeys.get(label);
    if (value === undefined || value === '') throw this.missing('database', label);
    return this.checkKey('database', label, findBase64Bytes(value));
  }

  private openDriveKey(label: string): Buffer {
    const content = this.material.driveFiles.get(label);
    if (content === undefined || content.trim() === '') throw this.missing('drive', label);
    if (BARE_DRIVE_LABELS.has(label)) return this.checkKey('drive', label, findBase64Bytes(content.trim()));
    return this.checkKey('drive', label, this.openKeyFile(label, content.trim()));
  }

  private openKeyFile(label: string, content: string): Buffer {
    const version = findBlobVersion(content);
    // Older blobs would be opened with keys of the drive, which are what is being looked for.
    if (version === null || version < 4)
      throw new EhrCryptoError('bad-key', `${this.nameOf('drive', label)} is not sealed with keys of the database`);
    try {
      return this.open('database', content);
    } catch (error) {
      if (!(error instanceof EhrCryptoError)) throw error;
      throw new EhrCryptoError(error.code, `${this.nameOf('drive', label)} does not open: ${error.message}`, { cause: error });
    }
  }

  private checkKey(source: KeySource, label: string, key: Buffer | null): Buffer {
    if (key?.length === KEY_BYTES) return key;
    throw new EhrCryptoError('bad-key', `${this.nameOf(source, label)} is not ${KEY_BYTES} bytes in base64`);
  }

  private missing(source: KeySource, label: string): EhrCryptoError {
    return new EhrCryptoError('missing-key', `${this.nameOf(source, label)} is missing`);
  }

  private nameOf(source: KeySource, label: string): string {
    return `key ${label} of ${this.placeOf(source)}`;
  }

  private namesOf(source: KeySource, version: BlobVersion): string {
    const { encryption, authentication } = keyLabels(version);
    const place = this.placeOf(DRIVE_ONLY_LABELS.has(encryption) ? 'drive' : source);
    return authentication === null ? `key ${encryption} of ${place}` : `keys ${encryption} and ${authentication} of ${place}`;
  }

  private placeOf(source: KeySource): string {
    return source === 'database' ? 'the table keys' : `the folder ${this.material.driveFolder}`;
  }
}
