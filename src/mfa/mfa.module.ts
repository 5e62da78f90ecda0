import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AcceptedCode } from './accepted-code.entity.js';
import { AcceptedCodes } from './accepted-codes.js';
import { FACTORS } from './factors/index.js';
import type { MfaFactor } from './mfa-factor.js';
import { MfaRegistration } from './mfa-registration.entity.js';
import { MFA_FACTORS, MfaService } from './mfa.service.js';

/** Second factors. */
@Module({
  imports: [TypeOrmModule.forFeature([MfaRegistration, AcceptedCode])],
  providers: [
    AcceptedCodes,
    ...FACTORS,
    { provide: MFA_FACTORS, inject: FACTORS, useFactory: (...factors: MfaFactor[]) => factors },
    MfaService,
  ],
  exports: [MfaService],
})
export class MfaModule {}
