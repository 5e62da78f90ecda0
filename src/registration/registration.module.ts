import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { ClientConfigurationController } from './client-configuration.controller.js';
import { InitialAccessGuard } from './initial-access.guard.js';
import { RegistrationController } from './registration.controller.js';
import { RegistrationPolicies } from './registration-policy.js';
import { RegistrationService } from './registration.service.js';

/** Clients register themselves, and read back what is registered. */
@Module({
  imports: [ClientsModule],
  controllers: [RegistrationController, ClientConfigurationController],
  providers: [RegistrationService, RegistrationPolicies, InitialAccessGuard],
  exports: [RegistrationService, RegistrationPolicies],
})
export class RegistrationModule {}
