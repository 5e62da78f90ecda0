import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthGroup } from './auth-group.entity.js';
import { DirectoryService } from './directory.service.js';
import { LoginFailure } from './login-failure.entity.js';
import { PermissionsService } from './permissions.service.js';
import { PortalAccount } from './portal-account.entity.js';
import { PortalAccountsService } from './portal-accounts.service.js';
import { StaffService } from './staff.service.js';
import { StoredPasswords } from './stored-passwords.js';
import { UserSecret } from './user-secret.entity.js';
import { User } from './user.entity.js';

/** Accounts: members of staff, and patients who use the portal. */
@Module({
  imports: [TypeOrmModule.forFeature([User, UserSecret, AuthGroup, PortalAccount, LoginFailure])],
  providers: [StoredPasswords, DirectoryService, StaffService, PortalAccountsService, PermissionsService],
  exports: [StoredPasswords, StaffService, PortalAccountsService, PermissionsService],
})
export class UsersModule {}
