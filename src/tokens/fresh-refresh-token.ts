/** A new refresh token. Its text is not stored. */
export interface FreshRefreshToken {
  readonly text: string;
  /** 80 hex digits: column api_refresh_token.token. */
  readonly identifier: string;
  /** SHA-256 of the text, hex, where it has the EHR's form; null where the identifier can be told from the text. */
  readonly sealedHash: string | null;
}
