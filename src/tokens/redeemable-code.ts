import type { AuthorizationCode } from './authorization-code.entity.js';

/** A code with all that its exchange needs: one of ours, or one of the EHR's own server, which knows less of the sign-in. */
export interface RedeemableCode extends Omit<AuthorizationCode, 'sid' | 'authTime' | 'acr'> {
  readonly sid: string | null;
  readonly authTime: Date | null;
  readonly acr: string | null;
  /** Only of a code of the EHR that nobody has presented here rightly yet. */
  readonly ofEhr?: CodeOfEhr;
}

/** Where the EHR keeps one of its codes. */
export interface CodeOfEhr {
  readonly text: string;
  /** The row of oauth_trusted_user that holds it; null when it has expired, whether or not there is one. */
  readonly consentId: number | null;
  readonly challengeMethod: string | null;
}
