import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';
import { SignInHistory } from './sign-in-history.service.js';
import { SignInRecord } from './sign-in-record.entity.js';

/** Who is signed in with which browser, and who was or tried to be. */
@Module({
  imports: [TypeOrmModule.forFeature([Session, SignInRecord])],
  providers: [SessionsService, SignInHistory],
  exports: [SessionsService, SignInHistory],
})
export class SessionsModule {}
