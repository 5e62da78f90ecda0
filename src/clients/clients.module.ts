import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { BuiltInClients } from './built-in-clients.js';
import { ClientCompatibility } from './client-compatibility.entity.js';
import { AssertionHistory } from './assertion-history.entity.js';
import { ClientAssertions } from './client-assertions.js';
import { ClientDefaults } from './client-defaults.entity.js';
import { ClientAuthentication } from './client-authentication.js';
import { ClientAuthenticationGuard } from './client-authentication.guard.js';
import { ClientIssuer } from './client-issuer.js';
import { ClientMark } from './client-mark.entity.js';
import { ClientMarks } from './client-marks.js';
import { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';
import { Compatibility } from './compatibility.js';
import { CompatibilityUse } from './compatibility-use.entity.js';
import { CompatibilityUses } from './compatibility-uses.js';
import { ClientKeySets } from './keys/client-key-sets.js';
import { KeySetHosts } from './keys/key-set-hosts.js';
import { NameResolver } from './keys/name-resolver.js';
import { RemoteKeySets } from './keys/remote-key-sets.js';
import { RegisteredOrigins } from './registered-origins.js';
import { SourceAttribute } from './source-attribute.entity.js';
import { TokenErrorWords } from './token-error-words.js';
import { UsedAssertion } from './used-assertion.entity.js';
import { UsedAssertions } from './used-assertions.js';

/** The registered clients, and how they prove who they are. */
@Module({
  imports: [
    TypeOrmModule.forFeature([Client, SourceAttribute, ClientDefaults, ClientCompatibility, CompatibilityUse, ClientMark]),
    TypeOrmModule.forFeature([UsedAssertion, AssertionHistory]),
  ],
  providers: [
    ClientsService,
    ClientIssuer,
    RegisteredOrigins,
    CompatibilityUses,
    Compatibility,
    ClientMarks,
    TokenErrorWords,
    NameResolver,
    KeySetHosts,
    RemoteKeySets,
    ClientKeySets,
    UsedAssertions,
    ClientAssertions,
    ClientAuthentication,
    ClientAuthenticationGuard,
    BuiltInClients,
  ],
  exports: [
    ClientsService,
    ClientIssuer,
    Compatibility,
    ClientMarks,
    TokenErrorWords,
    ClientAuthentication,
    ClientAuthenticationGuard,
    ClientAssertions,
    UsedAssertions,
  ],
})
export class ClientsModule {}
