import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/mfa.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { Accounts } from './accounts.service.js';
import { AttemptNotes } from './attempt-notes.service.js';
import { Authentication } from './authentication.service.js';
import { EnrolmentPolicy } from './enrolment-policy.service.js';
import { FactorSetup } from './factor-setup.service.js';
import { KeySignIns } from './key-sign-in.service.js';
import { LocalSignInGuard } from './local-sign-in.guard.js';
import { LocalStrategy } from './local.strategy.js';
import { PasswordChange } from './password-change.service.js';
import { PeopleService } from './people.service.js';
import { SecondFactors } from './second-factors.service.js';
import { SignedInPeople } from './signed-in-people.service.js';

const SERVICES = [
  ...[PeopleService, Authentication, AttemptNotes, SignedInPeople, PasswordChange, LocalStrategy, LocalSignInGuard],
  ...[SecondFactors, FactorSetup, KeySignIns, EnrolmentPolicy],
];

/** Proves who somebody is, and tells what is known about them. */
@Module({
  imports: [UsersModule, PatientsModule, MfaModule, SessionsModule],
  providers: [...SERVICES, Accounts],
  exports: SERVICES,
})
export class SignInModule {}
