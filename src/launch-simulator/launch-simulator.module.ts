import { Module } from '@nestjs/common';
import { ClientsModule } from '../clients/clients.module.js';
import { LaunchModule } from '../launch/launch.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { UsersModule } from '../users/users.module.js';
import { LaunchSimulatorController } from './launch-simulator.controller.js';
import { SimulatedLaunches } from './simulated-launches.service.js';
import { SimulatorChoicesService } from './simulator-choices.service.js';
import { SimulatorSwitchGuard, SimulatorUserGuard } from './simulator.guard.js';

/** On which developers try how apps are started. */
@Module({
  imports: [ClientsModule, LaunchModule, PatientsModule, SignInModule, UsersModule],
  controllers: [LaunchSimulatorController],
  providers: [SimulatedLaunches, SimulatorChoicesService, SimulatorSwitchGuard, SimulatorUserGuard],
})
export class LaunchSimulatorModule {}
