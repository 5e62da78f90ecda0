import { Module } from '@nestjs/common';
import { MfaModule } from '../mfa/mfa.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { UsersModule } from '../users/users.module.js';
import { Authentication } from './authentication.service.js';
import { LocalSignInGuard } from './local-sign-in.guard.js';
import { LocalStrategy } from './local.strategy.js';
import { PeopleService } from './people.service.js';

/** Proves who somebody is, and tells what is known about them. */
@Module({
  imports: [UsersModule, PatientsModule, MfaModule],
  providers: [PeopleService, Authentication, LocalStrategy, LocalSignInGuard],
  exports: [PeopleService, Authentication, LocalStrategy, LocalSignInGuard],
})
export class SignInModule {}
