import { Injectable } from '@nestjs/common';
import { ClientMarks } from '../clients/client-marks.js';
import type { Client } from '../clients/client.entity.js';
import { ClientsService } from '../clients/clients.service.js';
import { PatientsService } from '../patients/patients.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Config } from '../platform/config/config.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { LAUNCH_SCOPE } from '../protocol/launch/launch-context.js';
import { isUuid } from '../protocol/launch/launch.js';
import { checkLaunchRequest, type LaunchRequest } from '../protocol/launch/launch-request.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import { PeopleService } from '../sign-in/people.service.js';
import type { Person } from '../sign-in/person.js';
import { StaffService } from '../users/staff.service.js';
import { LAUNCH_LIFETIME, Launches } from './launches.service.js';

/** What a launcher gets: where to send the browser, and the parts of that address. */
export interface MadeLaunch {
  readonly launch: string;
  /** Base of the FHIR API. */
  readonly iss: string;
  /** Seconds. */
  readonly expires_in: number;
  /** null for an app that registered no `initiate_login_uri`. */
  readonly launch_url: string | null;
}

interface LauncherNotes {
  readonly name: string;
  readonly address: string;
}

/** Makes launches for whom an operator has marked: the EHR, or a portal. */
@Injectable()
export class Launching {
  constructor(
    private readonly launches: Launches,
    private readonly clients: ClientsService,
    private readonly marks: ClientMarks,
    private readonly people: PeopleService,
    private readonly staff: StaffService,
    private readonly patients: PatientsService,
    private readonly audit: AuditService,
    private readonly config: Config,
  ) {}

  /**
   * @param launcher proven
   * @throws OAuthError unauthorized_client: not marked; invalid_request: malformed, or no such app, person or patient
   */
  async make(form: SentParameters, launcher: Client, address: string): Promise<MadeLaunch> {
    if (!(await this.marks.has(launcher, 'launcher'))) {
      throw new OAuthError('unauthorized_client', 'this client may not start apps: an operator has to mark it as a launcher');
    }
    return this.start(checkLaunchRequest(form), { name: `client ${launcher.clientId}`, address });
  }

  /**
   * Makes a launch for a launcher that may.
   * @param launcher what the audit log calls it, and where it asks from
   * @throws OAuthError invalid_request: no such app, person or patient
   */
  async start({ app: appId, user, launch }: LaunchRequest, { name, address }: LauncherNotes): Promise<MadeLaunch> {
    const app = await this.getApp(appId);
    const person = await this.getPerson(user);
    const patientNumber = await this.checkPatient(launch.patient, person);
    const token = await this.launches.create(app.clientId, { ...launch, subject: person.subject });
    const reason = `${name} started client ${app.clientId} for ${person.username}`;
    const by = { address, username: person.username, userId: person.userId, patientNumber };
    await this.audit.record({ ...by, event: 'app launch', success: true, reason });
    const { fhirUrl: iss } = this.config;
    return { launch: token, iss, expires_in: LAUNCH_LIFETIME, launch_url: launchUrl(app.initiateLoginUri, iss, token) };
  }

  private async getApp(clientId: string): Promise<Client> {
    const app = await this.clients.find(clientId);
    if (app?.isEnabled !== true) throw new OAuthError('invalid_request', 'app is not a client that can be used');
    if (!app.scope.includes(LAUNCH_SCOPE)) throw new OAuthError('invalid_request', `app is not registered for the scope ${LAUNCH_SCOPE}`);
    return app;
  }

  private async getPerson(user: string): Promise<Person> {
    const member = isUuid(user) ? null : await this.staff.find(user);
    const person = member ? await this.people.ofStaff(member) : isUuid(user) ? await this.people.find(user) : null;
    if (person?.isActive === true) return person;
    throw new OAuthError('invalid_request', 'user is nobody who can sign in');
  }

  /** @returns number of the patient; null without one */
  private async checkPatient(uuid: string | null, person: Person): Promise<number | null> {
    if (uuid === null) return null;
    if (person.role === 'patient' && person.subject !== uuid) {
      throw new OAuthError('invalid_request', 'a patient starts apps for their own record alone');
    }
    const patient = await this.patients.findByUuid(uuid);
    if (patient !== null) return patient.patientNumber;
    throw new OAuthError('invalid_request', 'patient is nobody of this EHR');
  }
}

/** @see SMART App Launch 2.2 §2.0.8: the app is opened with iss and launch */
function launchUrl(initiateLoginUri: string | null, iss: string, launch: string): string | null {
  if (initiateLoginUri === null || !URL.canParse(initiateLoginUri)) return null;
  const url = new URL(initiateLoginUri);
  url.searchParams.set('iss', iss);
  url.searchParams.set('launch', launch);
  return url.href;
}
