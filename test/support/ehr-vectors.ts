import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RandomBytes } from '../../src/platform/ambient/random.js';
import { EhrKeyRing } from '../../src/platform/ehr/key-ring.js';

/** Values that the EHR's own classes produced, with the keys of a made-up site. */
export interface EhrVectors {
  sections: Record<string, string>;
  keys: { database_raw_hex: Record<string, string>; drive_raw_hex: Record<string, string>; drive_files: Record<string, string> };
  cryptogen: {
    valid: { version: number; source: 'drive' | 'database'; plaintext?: string; plaintext_hex: string; ciphertext: string }[];
    invalid: { why: string; value: string; decryptStandard: string | false; decryptFromDatabase: { throws?: true; returns?: string } }[];
  };
  password_based_crypto: { version: number; password: string; plaintext: string; ciphertext: string }[];
  password_hashes: {
    php_defaults: { bcrypt_cost: number; argon2_memory_kib: number; argon2_time: number; argon2_threads: number };
    verify: {
      label: string;
      globals?: Record<string, string>;
      password: string;
      hash: string;
      hash_valid: boolean;
      verify: boolean;
      verify_wrong_password?: boolean;
    }[];
    needs_rehash: { globals: Record<string, string>; hash_label: string; needs_rehash: boolean }[];
  };
  totp: {
    registrations: {
      secret_base32: string;
      var1_current?: string;
      var1_v6?: string;
      var1_plain_when_database_encryption_off?: string;
      var1_install_time?: string;
      users_secure_password?: string;
    }[];
  };
  oauth_keys: {
    keys_table: Record<string, string>;
    keys_table_v6: Record<string, string>;
    decrypted: { oauth2key: string; oauth2passphrase: string };
    'oaprivate.key': string;
    'oapublic.key': string;
    jwk: { n: string; e: string };
  };
  opaque_tokens: { kind: string; password: string; payload?: string; token: string; decrypts?: false }[];
  jwt_samples: Record<string, { token: string; claims: Record<string, unknown> }>;
  client_secret_column: { secret: string; column: string; version: number | null }[];
  launch_tokens: { context: Record<string, string>; launch: string }[];
  uuid: { unix_microseconds: number; binary_hex: string; string: string }[];
  audit_log: {
    plain_comment: string;
    log_row: Record<string, string | number | null>;
    log_comment_encrypt: { encrypt: 'Yes' | 'No'; checksum: string; checksum_api: string; version: number };
  }[];
}

/** The vectors, read once. */
export const EHR_VECTORS: EhrVectors = JSON.parse(
  readFileSync(new URL('../fixtures/openemr/vectors.json', import.meta.url), 'utf8'),
) as EhrVectors;

/** Rows of the table `keys` of the vectors' site: name -> value. */
export function vectorKeyRows(): Map<string, string> {
  const { keys, oauth_keys: oauth } = EHR_VECTORS;
  const rows = new Map(Object.entries(keys.database_raw_hex).map(([label, hex]) => [label, Buffer.from(hex, 'hex').toString('base64')]));
  for (const [name, value] of Object.entries(oauth.keys_table)) rows.set(name, value);
  return rows;
}

/** Files of a site folder as the vectors' site has them: path below the folder -> content. */
export function vectorSiteFiles(): Map<string, string> {
  const { keys, oauth_keys: oauth } = EHR_VECTORS;
  const files = Object.entries(keys.drive_files).map(([label, text]): [string, string] => [
    join('documents', 'logs_and_misc', 'methods', label),
    text,
  ]);
  return new Map([
    ...files,
    [join('documents', 'certificates', 'oaprivate.key'), oauth['oaprivate.key']],
    [join('documents', 'certificates', 'oapublic.key'), oauth['oapublic.key']],
  ]);
}

/** The key ring of the vectors' site, without the keys named in `without`. */
export function vectorKeyRing(random: RandomBytes, without: { rows?: readonly string[]; files?: readonly string[] } = {}): EhrKeyRing {
  const rows = vectorKeyRows();
  const files = new Map(Object.entries(EHR_VECTORS.keys.drive_files));
  for (const name of without.rows ?? []) rows.delete(name);
  for (const name of without.files ?? []) files.delete(name);
  return new EhrKeyRing({ databaseKeys: rows, driveFiles: files, driveFolder: '/site/methods' }, random);
}
