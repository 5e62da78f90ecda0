import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/clients.module.js';
import { ConsentsModule } from '../consents/consents.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { SigningKeysModule } from '../signing-keys/signing-keys.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessToken } from './access-token.entity.js';
import { AppAccessService } from './app-access.service.js';
import { AuthorizationCode } from './authorization-code.entity.js';
import { AuthorizationCodesService } from './authorization-codes.service.js';
import { BearerTokenGuard } from './bearer-token.guard.js';
import { EhrAuthorizationCodes } from './ehr-authorization-codes.service.js';
import { EhrOpaqueTokens } from './ehr-opaque-tokens.service.js';
import { EhrRefreshTokens } from './ehr-refresh-tokens.service.js';
import { EhrRememberedConsents } from './ehr-remembered-consents.service.js';
import { GrantRecord } from './grant.entity.js';
import type { Grant } from './grants/grant.js';
import { GrantRegistry } from './grants/grant-registry.js';
import { GRANTS } from './grants/index.js';
import { SystemAccount } from './grants/system-account.service.js';
import { IntrospectionController } from './introspection.controller.js';
import { IntrospectionService } from './introspection.service.js';
import { Issuance } from './issuance.entity.js';
import { PasswordController } from './password.controller.js';
import { RefreshToken } from './refresh-token.entity.js';
import { PresentedRefreshTokens } from './presented-refresh-tokens.service.js';
import { RefreshTokenReader } from './refresh-token-reader.guard.js';
import { RefreshTokens } from './refresh-tokens.service.js';
import { RevocationController } from './revocation.controller.js';
import { RevocationService } from './revocation.service.js';
import { TokenAudit } from './token-audit.js';
import { TokenCounters } from './token-counters.js';
import { TokenController } from './token.controller.js';
import { TokenIssuer } from './token-issuer.js';
import { TokenRecords } from './token-records.service.js';
import { TokenService } from './token.service.js';
import { UserinfoController } from './userinfo.controller.js';

/** Codes and tokens: issued, refreshed, asked about, revoked. */
@Module({
  imports: [
    TypeOrmModule.forFeature([AccessToken, AuthorizationCode, GrantRecord, Issuance, RefreshToken]),
    ClientsModule,
    ConsentsModule,
    SignInModule,
    SigningKeysModule,
    UsersModule,
  ],
  controllers: [TokenController, PasswordController, UserinfoController, IntrospectionController, RevocationController],
  providers: [
    AuthorizationCodesService,
    EhrAuthorizationCodes,
    TokenRecords,
    AppAccessService,
    EhrOpaqueTokens,
    EhrRefreshTokens,
    EhrRememberedConsents,
    RefreshTokens,
    PresentedRefreshTokens,
    RefreshTokenReader,
    TokenAudit,
    TokenCounters,
    TokenIssuer,
    TokenService,
    SystemAccount,
    ...GRANTS,
    { provide: GrantRegistry, inject: [...GRANTS], useFactory: (...grants: Grant[]) => new GrantRegistry(GRANTS, grants) },
    BearerTokenGuard,
    IntrospectionService,
    RevocationService,
  ],
  exports: [AuthorizationCodesService, EhrRememberedConsents, TokenRecords, AppAccessService, BearerTokenGuard],
})
export class TokensModule {}
