import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/mfa.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { UsersModule } from '../users/users.module.js';
import { AttemptNotes } from './attempt-notes.service.js';
import { Authentication } from './authentication.service.js';
import { LocalSignInGuard } from './local-sign-in.guard.js';
import { LocalStrategy } from './local.strategy.js';
import { PasswordChange } from './password-change.service.js';
import { PeopleService } from './people.service.js';
import { SignedInPeople } from './signed-in-people.service.js';

const SERVICES = [PeopleService, Authentication, AttemptNotes, SignedInPeople, PasswordChange, LocalStrategy, LocalSignInGuard];

/** Proves who somebody is, and tells what is known about them. */
@Module({
  imports: [UsersModule, PatientsModule, MfaModule, SessionsModule],
  providers: SERVICES,
  exports: SERVICES,
})
export class SignInModule {}
