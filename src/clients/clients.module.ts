import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientCompatibility } from './client-compatibility.entity.js';
import { ClientDefaults } from './client-defaults.entity.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientAuthenticationGuard } from './client-authentication.guard.js';
import { ClientIssuer } from './client-issuer.js';
import { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';
import { Compatibility } from './compatibility.js';
import { CompatibilityUse } from './compatibility-use.entity.js';
import { CompatibilityUses } from './compatibility-uses.js';
import { RegisteredOrigins } from './registered-origins.js';
import { SourceAttribute } from './source-attribute.entity.js';
import { SwaggerClient } from './swagger-client.js';
import { TokenErrorWords } from './token-error-words.js';

/** The registered clients, and how they prove who they are. */
@Module({
  imports: [TypeOrmModule.forFeature([Client, SourceAttribute, ClientDefaults, ClientCompatibility, CompatibilityUse])],
  providers: [
    ClientsService,
    ClientIssuer,
    RegisteredOrigins,
    CompatibilityUses,
    Compatibility,
    TokenErrorWords,
    ClientAuthentication,
    ClientAuthenticationGuard,
    SwaggerClient,
  ],
  exports: [ClientsService, ClientIssuer, Compatibility, TokenErrorWords, ClientAuthentication, ClientAuthenticationGuard],
})
export class ClientsModule {}
