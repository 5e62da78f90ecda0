import { Module } from '@nestjs/common';
import { DiscoveryDocumentsService } from './discovery-documents.service.js';
import { DiscoveryController } from './discovery.controller.js';
import { HomeController } from './home.controller.js';
import { ServerFactsService } from './server-facts.service.js';
import { SmartConfigurationController } from './smart-configuration.controller.js';
import { SmartStyleController } from './smart-style.controller.js';

/** Publishes what is registered, never a second list. */
@Module({
  controllers: [DiscoveryController, HomeController, SmartConfigurationController, SmartStyleController],
  providers: [ServerFactsService, DiscoveryDocumentsService],
})
export class DiscoveryModule {}
