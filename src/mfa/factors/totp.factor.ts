import { Injectable, Logger } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import type { Secret } from 'otpauth';
import { Repository } from 'typeorm';
import { Clock } from '../../platform/ambient/clock.js';
import { openWithPassPhrase } from '../../platform/ehr/crypto-gen.js';
import { EhrCryptoError } from '../../platform/ehr/ehr-crypto.error.js';
import { EhrSite } from '../../platform/ehr/ehr-site.js';
import { AcceptedCodes } from '../accepted-codes.js';
import { type CodeVerdict, MfaFactor } from '../mfa-factor.js';
import { MfaRegistration } from '../mfa-registration.entity.js';
import { findDigits, findSecret, matchCode } from '../totp-code.js';

/** One-time codes of an authenticator app that a member of staff has enrolled in the EHR. Each is good once. @see RFC 6238 */
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
    const token = findDigits(code);
    const secret = this.findSecret(registration);
    if (secret === null || token === null) return 'wrong';
    const matched = matchCode(secret, token, this.clock.now());
    if (matched === null) return 'wrong';
    return (await this.accepted.accept(registration.userId, matched.step)) ? 'accepted' : 'used';
  }

  override async adopt(registration: MfaRegistration, passPhrase: string): Promise<void> {
    const { userId, label, data } = registration;
    if (this.findPlainText(data) !== null) return;
    try {
      const secret = (await openWithPassPhrase(data, passPhrase)).toString('utf8');
      if (findSecret(secret) === null) return;
      await this.registrations.update({ userId, label, data }, { data: this.site.secretBox.seal(secret) });
    } catch (error) {
      if (!(error instanceof EhrCryptoError)) throw error; // sealed with something else: verify says so when it is needed
    }
  }

  private findSecret({ data, userId }: MfaRegistration): Secret | null {
    try {
      const secret = findSecret(this.site.secretBox.open(data));
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
