import { ConfigError } from '../platform/config/load-config.js';
import { DatabaseError } from '../platform/database/open-database.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import { KeyBundleError } from '../platform/ehr/key-bundle.js';
import { OAuthKeysError } from '../platform/ehr/oauth-keys.js';
import { SiteFolderError } from '../platform/ehr/site-folder.js';
import { TracingSettingsError } from '../platform/tracing/tracing-settings.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';

/** How a command ends. Scripts rely on the numbers. */
export const EXIT_STATUS = {
  fine: 0,
  /** It ran, and found something or was refused: an unknown client, pending migrations. */
  found: 1,
  /** It could not run: wrong settings or arguments, no database. */
  failed: 2,
} as const;

export type ExitStatus = (typeof EXIT_STATUS)[keyof typeof EXIT_STATUS];

/** What was asked for is not there or not allowed: the command ends with 1. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** The status that an error ends the program with. */
export function statusOf(error: unknown): ExitStatus {
  return error instanceof Refusal || error instanceof OAuthError ? EXIT_STATUS.found : EXIT_STATUS.failed;
}

const EXPLAINED = [
  ConfigError,
  DatabaseError,
  EhrCryptoError,
  KeyBundleError,
  OAuthKeysError,
  SiteFolderError,
  TracingSettingsError,
  Refusal,
];

const SYSTEM: Readonly<Record<string, string>> = {
  EADDRINUSE: 'something listens at this address already; set PORT to another one, or to 0 for any that is free',
  EADDRNOTAVAIL: 'this machine does not have the address HOST',
  EACCES: 'not allowed for this user',
};

/**
 * An error in words for a person. What the settings, the database or the machine are to blame for has no stack; a bug has.
 * @returns one or more lines
 */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof OAuthError) return error.description;
  if (EXPLAINED.some((kind) => error instanceof kind)) return error.message;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : null;
  if (code === null || !('syscall' in error)) return error.stack ?? error.message;
  const advice = SYSTEM[code];
  return advice === undefined ? error.message : `${error.message}: ${advice}`;
}
