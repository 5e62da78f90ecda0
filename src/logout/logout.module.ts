import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { SigningKeysModule } from '../signing-keys/signing-keys.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { LogoutAudit } from './logout-audit.js';
import { LogoutController } from './logout.controller.js';
import { LogoutService } from './logout.service.js';

/** Ends a session and what hangs on it. */
@Module({
  imports: [ClientsModule, ConsentsModule, SessionsModule, SignInModule, SigningKeysModule, TokensModule],
  controllers: [LogoutController],
  providers: [LogoutService, LogoutAudit],
})
export class LogoutModule {}
