import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { MfaModule } from '../mfa/mfa.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { AppsController } from './apps.controller.js';
import { ConnectedApps } from './connected-apps.service.js';
import { AppController } from './factors/app.controller.js';
import { FactorAccess } from './factors/factor-access.js';
import { FactorsController } from './factors/factors.controller.js';
import { KeysController } from './factors/keys.controller.js';
import { HistoryController } from './history.controller.js';
import { OverviewController } from './overview.controller.js';
import { OwnSessions } from './own-sessions.service.js';
import { PasswordController } from './password.controller.js';
import { SessionsController } from './sessions.controller.js';

/** The pages on which people look after themselves. */
@Module({
  imports: [ClientsModule, ConsentsModule, MfaModule, SessionsModule, SignInModule, TokensModule],
  controllers: [
    ...[OverviewController, AppsController, SessionsController, HistoryController, PasswordController],
    ...[FactorsController, AppController, KeysController],
  ],
  providers: [ConnectedApps, OwnSessions, FactorAccess],
})
export class AccountModule {}
