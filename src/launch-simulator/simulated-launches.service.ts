import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.entity.js';
import { ClientsService } from '../clients/clients.service.js';
import { Launching, type MadeLaunch } from '../launch/launching.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { Transactions } from '../platform/database/transactions.js';
import { LAUNCH_SCOPE } from '../protocol/launch/launch-context.js';
import { EMPTY_LAUNCH, isUuid } from '../protocol/launch/launch.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person } from '../sign-in/person.js';
import { PortalAccountsService } from '../users/portal-accounts.service.js';
import { StaffService } from '../users/staff.service.js';
import type { SimulatorForm } from './simulator-form.js';

/** Why an app was not started: no such app, not one for the chart, nobody of that name, no such patient. */
export type LaunchRefusal = 'noApp' | 'noLaunch' | 'noPerson' | 'gone';

/** An app that can be started now. */
export interface SimulatedLaunch {
  readonly app: Client;
  /** What the chart made; null for an app that is started on its own. */
  readonly made: (MadeLaunch & { readonly person: Person; readonly patient: string | null }) | null;
}

/** Who uses the simulator; null on the demo EHR, where nobody need say. */
export interface SimulatorUser {
  readonly person: Person | null;
  readonly address: string;
}

/** Starts apps as the chart does. */
@Injectable()
export class SimulatedLaunches {
  constructor(
    private readonly clients: ClientsService,
    private readonly launching: Launching,
    private readonly people: PeopleService,
    private readonly staff: StaffService,
    private readonly portalAccounts: PortalAccountsService,
    private readonly patients: PatientsService,
    private readonly transactions: Transactions,
  ) {}

  /** @returns why not, where the choice cannot be followed */
  async start(form: SimulatorForm, by: SimulatorUser): Promise<SimulatedLaunch | LaunchRefusal> {
    const app = await this.clients.find(form.app);
    if (app?.isEnabled !== true) return 'noApp';
    if (form.kind !== 'chart') return { app, made: null };
    if (!app.scope.includes(LAUNCH_SCOPE)) return 'noLaunch';
    const person = await this.findPerson(form.user);
    if (person?.isActive !== true) return 'noPerson';
    const patient = await this.findPatient(form.patient, person);
    if (patient === undefined) return 'gone';
    const { subject: _nobody, ...nothing } = EMPTY_LAUNCH;
    const request = { app: app.clientId, user: person.subject, launch: { ...nothing, patient } };
    const name = `the launch simulator${by.person === null ? '' : `, used by ${by.person.username},`}`;
    const made = await this.launching.start(request, { name, address: by.address });
    return { app, made: { ...made, person, patient } };
  }

  /** @param name login name of staff or of a patient at the portal, or a uuid */
  private async findPerson(name: string): Promise<Person | null> {
    if (name === '') return null;
    if (isUuid(name)) return this.people.find(name);
    const member = await this.staff.find(name);
    if (member !== null) return this.people.ofStaff(member);
    const account = await this.portalAccounts.find(name);
    const patient = account === null ? null : await this.patients.findByNumber(Number(account.patientNumber));
    return patient && this.people.ofPatient(patient, account);
  }

  /**
   * A patient has their own record open, whatever was chosen.
   * @returns uuid; null for none, undefined for somebody who is not there
   */
  private async findPatient(sent: string, person: Person): Promise<string | null | undefined> {
    if (person.role === 'patient') return person.subject;
    if (sent === '') return null;
    const patient = /^[1-9]\d{0,14}$/.test(sent) ? await this.patients.findByNumber(Number(sent)) : null;
    if (patient === null) return undefined;
    return patient.uuid ?? this.transactions.run((tx) => this.patients.fillUuid(tx, patient.patientNumber));
  }
}
