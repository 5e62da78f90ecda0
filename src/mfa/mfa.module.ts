import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AcceptedCode } from './accepted-code.entity.js';
import { AcceptedCodes } from './accepted-codes.js';
import { AuthenticatorApps } from './authenticator-apps.service.js';
import { FACTORS } from './factors/index.js';
import { KeyAssertions } from './key-assertions.service.js';
import type { MfaFactor } from './mfa-factor.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { MfaState } from './mfa-state.entity.js';
import { MfaStates } from './mfa-states.service.js';
import { MFA_FACTORS, MfaService } from './mfa.service.js';
import { Passkey } from './passkey.entity.js';
import { Passkeys } from './passkeys.service.js';
import { PatientTotp } from './patient-totp.entity.js';
import { RecoveryCode } from './recovery-code.entity.js';
import { RecoveryCodes } from './recovery-codes.service.js';
import { RememberedDevice } from './remembered-device.entity.js';
import { RememberedDevices } from './remembered-devices.service.js';
import { TotpEnrolment } from './totp-enrolment.entity.js';
import { U2fKeys } from './u2f-keys.js';
import { WebauthnChallenge } from './webauthn-challenge.entity.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

const SERVICES = [AuthenticatorApps, Passkeys, KeyAssertions, RecoveryCodes, RememberedDevices, MfaStates, MfaService, WebauthnChallenges];

/** Second factors, and keys that stand for both. */
@Module({
  imports: [
    TypeOrmModule.forFeature([MfaRegistration, AcceptedCode, PatientTotp, TotpEnrolment]),
    TypeOrmModule.forFeature([RecoveryCode, Passkey, WebauthnChallenge, RememberedDevice, MfaState]),
  ],
  providers: [
    AcceptedCodes,
    U2fKeys,
    ...FACTORS,
    { provide: MFA_FACTORS, inject: FACTORS, useFactory: (...factors: MfaFactor[]) => factors },
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class MfaModule {}
