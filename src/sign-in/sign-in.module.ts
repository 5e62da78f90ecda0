import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/mfa.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { UsersModule } from '../users/users.module.js';
import { Accounts } from './accounts.service.js';
import { Authentication } from './authentication.service.js';
import { EnrolmentPolicy } from './enrolment-policy.service.js';
import { FactorSetup } from './factor-setup.service.js';
import { KeySignIns } from './key-sign-in.service.js';
import { LocalSignInGuard } from './local-sign-in.guard.js';
import { LocalStrategy } from './local.strategy.js';
import { PeopleService } from './people.service.js';
import { SecondFactors } from './second-factors.service.js';

const SERVICES = [PeopleService, Authentication, SecondFactors, FactorSetup, KeySignIns, EnrolmentPolicy, LocalStrategy, LocalSignInGuard];

/** Proves who somebody is, and tells what is known about them. */
@Module({
  imports: [UsersModule, PatientsModule, MfaModule],
  providers: [...SERVICES, Accounts],
  exports: SERVICES,
})
export class SignInModule {}
