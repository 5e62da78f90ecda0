import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { JwksController } from './jwks.controller.js';
import { JwtSigner } from './jwt-signer.js';
import { SigningKeysService } from './signing-keys.service.js';

/** The keys of tokens: signing, verifying, publishing. */
@Module({
  imports: [
    JwtModule.registerAsync({
      inject: [EhrSite],
      useFactory: ({ oauthKeys }: EhrSite) => ({
        publicKey: oauthKeys.publicKey,
        verifyOptions: { algorithms: ['RS256'], ignoreExpiration: true, ignoreNotBefore: true }, // times are checked by the caller's clock
      }),
    }),
  ],
  controllers: [JwksController],
  providers: [SigningKeysService, JwtSigner],
  exports: [SigningKeysService, JwtSigner],
})
export class SigningKeysModule {}
