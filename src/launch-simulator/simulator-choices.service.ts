import { Injectable } from '@nestjs/common';
import type { Client } from '../clients/client.entity.js';
import { ClientsService } from '../clients/clients.service.js';
import { dateOrderOf, readQuestion, searchText } from '../patients/patient-question.js';
import { PatientChoices } from '../patients/patient-choices.service.js';
import { PatientSearch } from '../patients/patient-search.service.js';
import type { Patient } from '../patients/patient.entity.js';
import { type PatientRow, patientRow } from '../patients/patient-row.js';
import { PatientsService } from '../patients/patients.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Config } from '../platform/config/config.js';
import { DEMO_PEOPLE } from '../platform/database/embedded/demo-people.js';
import { SWAGGER_CLIENT_ID } from '../platform/openapi/swagger-address.js';
import { LAUNCH_SIMULATOR_CLIENT_ID } from '../platform/web/launch-simulator-address.js';
import type { SimulatorUser } from './simulated-launches.service.js';
import type { SimulatorForm } from './simulator-form.js';

/** Apps in the list; others are named by their client_id. */
const MOST_APPS = 100;
/** Of the demo EHR, which are shown before anybody searches. */
const MOST_AT_FIRST = 10;

/** What the page offers. */
export interface SimulatorChoices {
  readonly apps: readonly { readonly clientId: string; readonly name: string; readonly isBuiltIn: boolean }[];
  /** Whether there are more than are shown. */
  readonly hasMoreApps: boolean;
  /** Login names to choose from; empty where they are nobody's business. */
  readonly logins: readonly string[];
  readonly patients: readonly PatientRow[];
  /** What became of a search; null when nobody searched. */
  readonly outcome: SearchOutcome | null;
}

/** How many patients a search found. Who was chosen before stays among those who are shown, found or not. */
export type SearchOutcome = { readonly kind: 'found' | 'more'; readonly count: number } | { readonly kind: 'none' | 'too-short' };

/** Gathers apps, people and patients to choose from. */
@Injectable()
export class SimulatorChoicesService {
  constructor(
    private readonly clients: ClientsService,
    private readonly patients: PatientsService,
    private readonly searches: PatientSearch,
    private readonly choices: PatientChoices,
    private readonly audit: AuditService,
    private readonly config: Config,
  ) {}

  /**
   * @param isSearch whether the person wants to find a patient: it is in the audit log
   * @param language BCP 47, in which a birth date may be written
   */
  async gather(form: SimulatorForm, isSearch: boolean, by: SimulatorUser, language: string): Promise<SimulatorChoices> {
    const apps = await this.clients.listUsable(MOST_APPS + 1);
    const builtIn = await this.clients.find(LAUNCH_SIMULATOR_CLIENT_ID);
    const { found, outcome } = isSearch ? await this.search(form, by, language) : { found: await this.atFirst(by), outcome: null };
    const chosen = await this.chosen(form.patient);
    const isMissing = chosen !== null && !found.some(({ patientNumber }) => patientNumber === chosen.patientNumber);
    return {
      apps: [...(builtIn === null ? [] : [builtIn]), ...apps.slice(0, MOST_APPS).filter(isOtherApp)].map(listed),
      hasMoreApps: apps.length > MOST_APPS,
      logins: this.isDemo ? DEMO_PEOPLE.map(({ login }) => login) : [],
      patients: (isMissing ? [chosen, ...found] : found).map(patientRow),
      outcome,
    };
  }

  private get isDemo(): boolean {
    return this.config.databaseUrl === null;
  }

  private async search(
    { search }: SimulatorForm,
    by: SimulatorUser,
    language: string,
  ): Promise<{ found: readonly Patient[]; outcome: SimulatorChoices['outcome'] }> {
    const text = searchText(search);
    if (text === '') return { found: await this.atFirst(by), outcome: null };
    const question = readQuestion(text, dateOrderOf(language));
    if (question === null) return { found: await this.atFirst(by), outcome: { kind: 'too-short' } };
    const { patients, hasMore } = await this.searches.find(question);
    const reason = `launch simulator, ${hasMore ? `more than ${patients.length}` : patients.length} found`;
    const who = by.person === null ? {} : { username: by.person.username, userId: by.person.userId };
    await this.audit.record({
      ...{ event: 'patient search', success: true, address: by.address, ...who },
      ...{ reason, confidential: JSON.stringify(text) },
    });
    const count = patients.length;
    return { found: patients, outcome: count === 0 ? { kind: 'none' } : { kind: hasMore ? 'more' : 'found', count } };
  }

  /** Whom the person chose before; on the demo EHR, whoever is there. */
  private async atFirst({ person }: SimulatorUser): Promise<readonly Patient[]> {
    if (!this.isDemo) return person === null ? [] : this.choices.recent(person.subject);
    const { patients } = await this.searches.find({ names: [], numbers: [], birthDates: [] });
    return patients.slice(0, MOST_AT_FIRST);
  }

  private async chosen(sent: string): Promise<Patient | null> {
    return /^[1-9]\d{0,14}$/.test(sent) ? this.patients.findByNumber(Number(sent)) : null;
  }
}

/** Apps with people in front of them, those of our own pages apart. */
function isOtherApp({ clientId, grantTypes }: Client): boolean {
  return ![SWAGGER_CLIENT_ID, LAUNCH_SIMULATOR_CLIENT_ID].includes(clientId) && grantTypes.includes('authorization_code');
}

function listed({ clientId, name }: Client): SimulatorChoices['apps'][number] {
  return { clientId, name: name === '' ? clientId : name, isBuiltIn: clientId === LAUNCH_SIMULATOR_CLIENT_ID };
}
