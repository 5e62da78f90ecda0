import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { JwksController } from './jwks.controller.js';
import { JwtSigner } from './jwt-signer.js';
import { KeyRotation } from './key-rotation.service.js';
import { KeyVoucher } from './key-voucher.entity.js';
import { KeyVouchers } from './key-vouchers.service.js';
import { KeyWatch } from './key-watch.service.js';
import { SigningKeysService } from './signing-keys.service.js';

/** The keys of tokens: signing, verifying, publishing, changing. */
@Module({
  imports: [
    TypeOrmModule.forFeature([KeyVoucher]),
    JwtModule.register({
      verifyOptions: { algorithms: ['RS256'], ignoreExpiration: true, ignoreNotBefore: true }, // times are checked by the caller's clock
    }),
  ],
  controllers: [JwksController],
  providers: [SigningKeysService, JwtSigner, KeyVouchers, KeyWatch, KeyRotation],
  exports: [SigningKeysService, JwtSigner, KeyVouchers, KeyWatch, KeyRotation],
})
export class SigningKeysModule {}
