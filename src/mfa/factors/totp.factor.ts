import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Secret, TOTP } from 'otpauth';
import { Repository } from 'typeorm';
import { Clock } from '../../platform/ambient/clock.js';
import { openWithPassPhrase } from '../../platform/ehr/crypto-gen.js';
import { EhrCryptoError } from '../../platform/ehr/ehr-crypto.error.js';
import { EhrSite } from '../../platform/ehr/ehr-site.js';
import { AcceptedCodes } from '../accepted-codes.js';
import { type CodeVerdict, MfaFactor } from '../mfa-factor.js';
import { MfaRegistration } from '../mfa-registration.entity.js';

/** Seconds of one step. */
const PERIOD = 30;

/** As the EHR has its authenticator apps count. @see RFC 6238 §4; `window` is in steps to either side */
const PARAMETERS = { algorithm: 'SHA1', digits: 6, period: PERIOD } as const;
const WINDOW = 1;

/** Bytes below which something is no secret (RFC 4226 §4 asks for 16; old apps made do with 10). */
const SHORTEST_SECRET = 10;

/** One-time codes of an authenticator app. Each is good once. @see RFC 6238 */
@Injectable()
export class TotpFactor extends MfaFactor {
  override readonly method = 'TOTP';
  override readonly amr = 'otp';
  private readonly logger = new Logger('TOTP');

  constructor(
    @InjectRepository(MfaRegistration) private readonly registrations: Repository<MfaRegistration>,
    private readonly accepted: AcceptedCodes,
    private readonly site: EhrSite,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async verify(registration: MfaRegistration, code: string): Promise<CodeVerdict> {
    const token = code.replaceAll(/\s/g, '');
    const secret = this.findSecret(registration);
    if (secret === null || !/^[0-9]{6}$/.test(token)) return 'wrong';
    const timestamp = this.clock.now().getTime();
    const delta = TOTP.validate({ ...PARAMETERS, token, secret, timestamp, window: WINDOW });
    if (delta === null) return 'wrong';
    const step = TOTP.counter({ period: PERIOD, timestamp }) + delta;
    return (await this.accepted.accept(registration.userId, step)) ? 'accepted' : 'used';
  }

  override async adopt(registration: MfaRegistration, passPhrase: string): Promise<void> {
    const { userId, label, data } = registration;
    if (this.findPlainText(data) !== null) return;
    try {
      const secret = (await openWithPassPhrase(data, passPhrase)).toString('utf8');
      if (findKey(secret) === null) return;
      await this.registrations.update({ userId, label, data }, { data: this.site.secretBox.seal(secret) });
    } catch (error) {
      if (!(error instanceof EhrCryptoError)) throw error; // sealed with something else: verify says so when it is needed
    }
  }

  private findSecret({ data, userId }: MfaRegistration): Secret | null {
    try {
      const secret = findKey(this.site.secretBox.open(data));
      if (secret === null)
        this.logger.error({ userId }, 'an authenticator secret is not base32 or too short; the person has to enrol again');
      return secret;
    } catch (error) {
      if (!(error instanceof EhrCryptoError)) throw error;
      this.logger.error({ userId, code: error.code, reason: error.message }, 'an authenticator secret cannot be opened');
      return null;
    }
  }

  private findPlainText(data: string): string | null {
    try {
      return this.site.secretBox.open(data);
    } catch (error) {
      if (error instanceof EhrCryptoError) return null;
      throw error;
    }
  }
}

/** @returns null for what is not base32 and for keys that anybody could guess, the empty one above all */
function findKey(base32: string): Secret | null {
  if (!/^[A-Z2-7 ]+=*$/i.test(base32)) return null;
  const secret = Secret.fromBase32(base32);
  return secret.bytes.length >= SHORTEST_SECRET ? secret : null;
}
