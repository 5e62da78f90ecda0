/**
 * What went wrong with something the EHR encrypted.
 * - `missing-key`: the site has no such key, or a key file cannot be opened for want of one
 * - `bad-key`: a key is there and is not 32 bytes in base64
 * - `malformed`: the text is not a versioned blob
 * - `tampered`: the integrity check failed; altered text or keys of another site look the same
 * - `not-text`: decrypted to bytes that are not UTF-8, where text was asked for
 */
export type EhrCryptoErrorCode = 'missing-key' | 'bad-key' | 'malformed' | 'tampered' | 'not-text';

/** Refusal to open or seal a value in the EHR's encryption. The message names keys and places, never a value. */
export class EhrCryptoError extends Error {
  override readonly name = 'EhrCryptoError';

  constructor(
    readonly code: EhrCryptoErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
