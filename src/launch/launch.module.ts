import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClientsModule } from '../clients/clients.module.js';
import { PatientsModule } from '../patients/patients.module.js';
import { SignInModule } from '../sign-in/sign-in.module.js';
import { UsersModule } from '../users/users.module.js';
import { LaunchRecord } from './launch-record.entity.js';
import { LaunchController } from './launch.controller.js';
import { Launches } from './launches.service.js';
import { Launching } from './launching.service.js';

/** How apps are started from a chart: made here, or by the EHR's pages. */
@Module({
  imports: [TypeOrmModule.forFeature([LaunchRecord]), ClientsModule, PatientsModule, SignInModule, UsersModule],
  controllers: [LaunchController],
  providers: [Launches, Launching],
  exports: [Launches, Launching],
})
export class LaunchModule {}
