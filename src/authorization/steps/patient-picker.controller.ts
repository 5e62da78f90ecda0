import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiQuery } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dateOrderOf, readQuestion, searchText } from '../../patients/patient-question.js';
import { patientRow } from '../../patients/patient-row.js';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm, SentQuery } from '../../platform/web/sent.decorator.js';
import { isPatientAsked } from '../../protocol/interaction/steps.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import type { Person } from '../../sign-in/person.js';
import { PatientPicker, type Picking } from '../patient-picker.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { PatientPickerPage, type PickerOutcome, SEARCH_FIELD } from './patient-picker.view.js';
import { formTargets, requestingApp } from './requesting-app.js';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    patient: { type: 'string', description: 'Number of the patient in the EHR (`pid`).', example: '1' },
    cancel: { type: 'string', description: 'The person turns back: access_denied goes to the client.', enum: ['1'] },
  },
};

/** The page's state beside the request that waits. */
interface Shown {
  readonly search: string;
  readonly outcome: PickerOutcome;
}

/** The step on which a member of staff says whose record an app may open. @see SMART App Launch 2.2, "Launch App: Standalone Launch" */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('patient')
export class PatientPickerController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly picker: PatientPicker,
    private readonly browser: Browser,
  ) {}

  /** Shows whom the person chose before, or what a search found. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({
    summary: 'Patient choice page',
    description: 'Staff search for the patient whose record an app may open. SMART App Launch 2.2, scope launch/patient',
  })
  @ApiQuery({ name: SEARCH_FIELD, required: false, description: 'Names, birth date, record or phone number.', example: 'phil 1980-02-29' })
  async show(
    @Param('interaction') id: string,
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const picking = pickingOf(waiting, request);
    if (picking === null) return this.waitingRequests.divert(waiting, 'patient') ?? this.waitingRequests.resume(waiting);
    return this.page(waiting, picking.person, await this.look(query, waiting, picking), request, reply);
  }

  /** Takes the choice: the latest one counts until the request is answered. */
  @Post(':interaction')
  @HttpCode(200)
  @ApiStepForm('Send the choice of a patient', 'The form of the patient choice page. SMART App Launch 2.2', FORM)
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    if (waiting.interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    if (waiting.signedIn === null) return this.waitingRequests.resume(waiting); // signed out meanwhile
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    if (form.one('cancel') !== undefined) return this.waitingRequests.decline(waiting);
    const picking = pickingOf(waiting, request);
    if (picking === null || (await this.picker.choose(form.one('patient') ?? '', picking))) return this.waitingRequests.resume(waiting);
    return this.page(waiting, picking.person, { search: '', outcome: { kind: 'gone' } }, request, reply);
  }

  private async look(query: SentParameters, { frame }: Waiting, picking: Picking): Promise<Shown> {
    const search = searchText(query.one(SEARCH_FIELD) ?? '');
    if (search === '') return { search, outcome: { kind: 'recent', patients: (await this.picker.recent(picking)).map(patientRow) } };
    const question = readQuestion(search, dateOrderOf(frame.words.language.tag));
    if (question === null) return { search, outcome: { kind: 'too-short' } };
    const { patients, hasMore } = await this.picker.search(question, search, picking);
    return { search, outcome: { kind: 'found', patients: patients.map(patientRow), hasMore } };
  }

  private page(waiting: Waiting, person: Person, shown: Shown, request: FastifyRequest, reply: FastifyReply): Answer {
    const { client, frame, interaction } = waiting;
    if (client === null) return this.waitingRequests.resume(waiting); // a request of our own is about no patient
    const { redirectUri } = interaction.request.target;
    const page = PatientPickerPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action: this.waitingRequests.pathOf(interaction, 'patient'),
      app: requestingApp(client, redirectUri),
      person,
      ...shown,
    });
    return new PageAnswer(page, { formTargets: formTargets(redirectUri) });
  }
}

/** Who may choose at this moment: also whoever comes back from the consent page, to choose somebody else. */
function pickingOf({ interaction, client, facts, signedIn, next }: Waiting, { ip: address }: FastifyRequest): Picking | null {
  const isTurn = next === 'patient' || (next === 'consent' && isPatientAsked(facts));
  if (interaction.answeredAt !== null || client === null || signedIn === null || !isTurn) return null;
  return { person: signedIn.person, clientId: client.clientId, address, interaction: interaction.id };
}

/** Ties a form to this page of this request, and to the person whom it names: nobody chooses for another. */
function purposeOf({ interaction, signedIn }: Waiting): string {
  return `patient ${interaction.id} ${signedIn?.person.subject ?? ''}`;
}
