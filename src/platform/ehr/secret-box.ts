import { findBlobVersion } from './crypto-gen.js';
import { EhrCryptoError } from './ehr-crypto.error.js';
import type { EhrKeyRing } from './key-ring.js';

/** How the site keeps its secret columns. */
export interface SecretBoxOptions {
  /** Whether new values are encrypted; see `isDatabaseEncryptionOn`. */
  databaseEncryption: boolean;
}

/**
 * Whether the EHR itself would encrypt a column: always before 8.0, by the setting since, where a missing row counts as off.
 * @param majorVersion `version.v_major`
 * @param setting `globals.database_encryption`, or undefined without such a row
 */
export function isDatabaseEncryptionOn(majorVersion: number, setting: string | undefined): boolean {
  return majorVersion < 8 || (setting !== undefined && setting !== '' && setting !== '0');
}

/** Reads and writes columns that the EHR keeps encrypted: client secrets, authenticator secrets, the rows `oauth2key` and `oauth2passphrase`. */
export class SecretBox {
  constructor(
    private readonly keyRing: EhrKeyRing,
    private readonly options: SecretBoxOptions,
  ) {}

  /**
   * Reads a column. A value that does not begin with a version is plain text, written while encryption was off. One that does and fails
   * to open is an error; its raw text is never taken for the secret.
   * @param column as stored
   * @returns the plain text; '' for NULL and ''
   * @throws EhrCryptoError
   */
  open(column: string | null): string {
    if (column === null || column === '') return '';
    if (findBlobVersion(column) === null) return column;
    return decodeText(this.keyRing.open('drive', column));
  }

  /**
   * Makes the text to store in a column; '' stays ''. While encryption is off the text is stored as it is, except one that begins like an
   * encrypted value: it is encrypted all the same, because readers could not tell the two apart.
   * @throws EhrCryptoError missing-key, bad-key
   */
  seal(text: string): string {
    if (text === '') return '';
    const isPlain = !this.options.databaseEncryption && findBlobVersion(text) === null;
    return isPlain ? text : this.keyRing.seal('drive', Buffer.from(text, 'utf8'));
  }
}

function decodeText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new EhrCryptoError('not-text', 'decrypted to bytes that are not UTF-8', { cause: error });
  }
}
