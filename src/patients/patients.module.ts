import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PatientChoice } from './patient-choice.entity.js';
import { PatientChoices } from './patient-choices.service.js';
import { PatientSearch } from './patient-search.service.js';
import { Patient } from './patient.entity.js';
import { PatientsService } from './patients.service.js';

/** The EHR's patients. */
@Module({
  imports: [TypeOrmModule.forFeature([Patient, PatientChoice])],
  providers: [PatientsService, PatientSearch, PatientChoices],
  exports: [PatientsService, PatientSearch, PatientChoices],
})
export class PatientsModule {}
