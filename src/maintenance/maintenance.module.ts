import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthorizationModule } from '../authorization/authorization.module.js';
import { ClientsModule } from '../clients/clients.module.js';
import { LaunchModule } from '../launch/launch.module.js';
import { MfaModule } from '../mfa/mfa.module.js';
import { SessionsModule } from '../sessions/sessions.module.js';
import { TokensModule } from '../tokens/tokens.module.js';
import { CleanupService } from './cleanup.service.js';
import { Lease } from './lease.entity.js';
import { LeasesService } from './leases.service.js';

/** Work that is due by time. It only says when; each owner knows what has expired. */
@Module({
  imports: [TypeOrmModule.forFeature([Lease]), AuthorizationModule, ClientsModule, LaunchModule, MfaModule, SessionsModule, TokensModule],
  providers: [CleanupService, LeasesService],
  exports: [CleanupService],
})
export class MaintenanceModule {}
