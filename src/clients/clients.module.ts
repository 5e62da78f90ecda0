import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientAuthentication } from './client-authentication.js';
import { ClientAuthenticationGuard } from './client-authentication.guard.js';
import { ClientIssuer } from './client-issuer.js';
import { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';
import { RegisteredOrigins } from './registered-origins.js';
import { SourceAttribute } from './source-attribute.entity.js';
import { SwaggerClient } from './swagger-client.js';

/** The registered clients, and how they prove who they are. */
@Module({
  imports: [TypeOrmModule.forFeature([Client, SourceAttribute])],
  providers: [ClientsService, ClientIssuer, RegisteredOrigins, ClientAuthentication, ClientAuthenticationGuard, SwaggerClient],
  exports: [ClientsService, ClientIssuer, ClientAuthentication, ClientAuthenticationGuard],
})
export class ClientsModule {}
