import { type DynamicModule, Module } from '@nestjs/common';
import { AccountModule } from './account/account.module.js';
import { AuthorizationModule } from './authorization/authorization.module.js';
import { ClientsModule } from './clients/clients.module.js';
import { ConsentsModule } from './consents/consents.module.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { LaunchSimulatorModule } from './launch-simulator/launch-simulator.module.js';
import { LaunchModule } from './launch/launch.module.js';
import { LogoutModule } from './logout/logout.module.js';
import { MaintenanceModule } from './maintenance/maintenance.module.js';
import { MfaModule } from './mfa/mfa.module.js';
import { PatientsModule } from './patients/patients.module.js';
import type { Config } from './platform/config/config.js';
import { type Ambient, PlatformModule } from './platform/platform.module.js';
import { RegistrationModule } from './registration/registration.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { SignInModule } from './sign-in/sign-in.module.js';
import { SigningKeysModule } from './signing-keys/signing-keys.module.js';
import { TokensModule } from './tokens/tokens.module.js';
import { UsersModule } from './users/users.module.js';

const RECORDS = [ClientsModule, UsersModule, PatientsModule, ConsentsModule, SessionsModule, MfaModule, SigningKeysModule];
const FLOWS = [LaunchModule, AuthorizationModule, RegistrationModule, SignInModule, TokensModule, LogoutModule];
const FACES = [AccountModule, DiscoveryModule, LaunchSimulatorModule, MaintenanceModule];

/** The list of modules. */
@Module({})
export class AppModule {
  static forRoot(config: Config, ambient: Ambient): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.forRoot(config, ambient), ...RECORDS, ...FLOWS, ...FACES] };
  }
}
