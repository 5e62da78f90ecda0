import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { LaunchModule } from '../launch/launch.module.js';
import { MfaModule } from '../mfa/mfa.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { SigningKeysModule } from '../signing-keys/signing-keys.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { UsersModule } from '../users/users.module.js';
import { AuthorizationController } from './authorization.controller.js';
import { AuthorizationService } from './authorization.service.js';
import { FactsService } from './facts.service.js';
import { Interaction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';
import { PatientContexts } from './patient-contexts.service.js';
import { PatientPicker } from './patient-picker.service.js';
import { OwnPageController } from './own-page.controller.js';
import { ServerPolicyService } from './server-policy.service.js';
import { AccountChoiceController } from './steps/account-choice.controller.js';
import { AccountChoice } from './steps/account-choice.service.js';
import { ConsentController } from './steps/consent.controller.js';
import { EnrolController } from './steps/enrol.controller.js';
import { ExpiredPasswordController } from './steps/expired-password.controller.js';
import { MfaController } from './steps/mfa.controller.js';
import { PatientPickerController } from './steps/patient-picker.controller.js';
import { PasskeySignInController } from './steps/passkey-sign-in.controller.js';
import { SignInFormGuard } from './steps/sign-in-form.guard.js';
import { SignInController } from './steps/sign-in.controller.js';
import { StartAtAppController } from './steps/start-at-app.controller.js';
import { WaitingTimeController } from './waiting-time.controller.js';
import { WaitingRequests } from './waiting-requests.service.js';

/** The authorization endpoint, and the pages through which a request is led to its answer. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Interaction]),
    ClientsModule,
    ConsentsModule,
    LaunchModule,
    MfaModule,
    PatientsModule,
    SessionsModule,
    SignInModule,
    SigningKeysModule,
    TokensModule,
    UsersModule,
  ],
  controllers: [
    ...[AuthorizationController, WaitingTimeController, OwnPageController, AccountChoiceController, SignInController],
    ...[PasskeySignInController, MfaController, ExpiredPasswordController, EnrolController],
    ...[PatientPickerController, ConsentController, StartAtAppController],
  ],
  providers: [
    AuthorizationService,
    WaitingRequests,
    InteractionsService,
    FactsService,
    PatientContexts,
    PatientPicker,
    ServerPolicyService,
    SignInFormGuard,
    AccountChoice,
  ],
  exports: [InteractionsService, ServerPolicyService],
})
export class AuthorizationModule {}
