import { TotpFactor } from './totp.factor.js';

/** Every kind of second factor that this server can check. */
export const FACTORS = [TotpFactor];
