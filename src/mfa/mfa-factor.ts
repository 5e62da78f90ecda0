import type { MfaRegistration } from './mfa-registration.entity.js';

/** What became of a code. `used` is a right one that had served before. */
export type CodeVerdict = 'accepted' | 'wrong' | 'used';

/** A kind of second factor that this server can check. */
export abstract class MfaFactor {
  /** What `login_mfa_registrations.method` says. */
  abstract readonly method: string;

  /** What the tokens say about it. @see RFC 8176 §2 */
  abstract readonly amr: string;

  /**
   * Checks a code and uses it up.
   * @param registration of this kind
   * @param code as typed
   */
  abstract verify(registration: MfaRegistration, code: string): Promise<CodeVerdict>;

  /**
   * Rewrites a registration that the EHR's installer sealed with the person's password hash, so that it opens without it from now on.
   * Does nothing with any other.
   * @param passPhrase the stored password hash, as text
   */
  abstract adopt(registration: MfaRegistration, passPhrase: string): Promise<void>;
}
