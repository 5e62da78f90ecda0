import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../../platform/web/access.js';
import { ConsentsService } from '../../consents/consents.service.js';
import { Clock } from '../../platform/ambient/clock.js';
import { Config } from '../../platform/config/config.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { intersectScopes } from '../../protocol/scope/scope-set.js';
import { isIdentityAssured } from '../client-identity.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { PATIENT_FIELD } from './chosen-patient.view.js';
import { ConsentPage } from './consent.view.js';
import { reducedOf } from './left-out.view.js';
import { otherAccountPath } from './pages.js';
import { formTargets, requestingApp } from './requesting-app.js';
import { describeScopes } from '../../consents/scope-sentences.js';

/** It makes the request one for signing in: without it there would be another request. OIDC Core §3.1.2.1 */
const ALWAYS_GRANTED = 'openid';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD, 'decision'],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    decision: { type: 'string', enum: ['allow', 'deny'] },
    [PATIENT_FIELD]: { type: 'string', description: 'uuid of the patient whom the page names: another choice since is asked about again.' },
    scope: { type: 'array', items: { type: 'string' }, description: 'Each scope that is allowed.', example: ['openid', 'profile'] },
    remember: { type: 'string', enum: ['1'], description: 'Not to be asked again for the same scopes.' },
  },
};

/** The step on which a person decides what the client may do. @see RFC 6749 §10.2; OIDC Core §3.1.2.4 */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('consent')
export class ConsentController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly consents: ConsentsService,
    private readonly browser: Browser,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Shows who asks for what. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Consent page', description: 'Shows who asks for what. OIDC Core §3.1.2.4' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    return this.waitingRequests.divert(waiting, 'consent') ?? this.page(waiting, request, reply);
  }

  /** Takes the decision: the latest one counts until the request is answered. */
  @Post(':interaction')
  @HttpCode(200)
  @ApiStepForm('Send the decision', 'The form of the consent page. RFC 6749 §3.3, §4.1.2.1; OIDC Core §3.1.2.4', FORM)
  async submit(@Param('interaction') id: string, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const { interaction, signedIn } = waiting;
    if (interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    if (signedIn === null) return this.waitingRequests.resume(waiting); // signed out meanwhile
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    if (isAllowed(form)) {
      if (form.one(PATIENT_FIELD) !== chosenPatient(waiting)?.uuid) return this.waitingRequests.resume(waiting); // another one was chosen meanwhile
      const allowed = [...form.all('scope'), ALWAYS_GRANTED];
      const granted = intersectScopes(allowed, waiting.facts.requestedScope);
      const isRemembered = form.one('remember') === '1';
      await this.interactions.recordDecision(id, {
        subject: signedIn.person.subject,
        granted,
        isRemembered,
        patient: interaction.chosenPatient,
      });
    } else {
      await this.interactions.recordDeclined(id);
    }
    return this.waitingRequests.resume(waiting);
  }

  private async page(waiting: Waiting, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const { client, frame, interaction, signedIn } = waiting;
    if (client === null) return this.waitingRequests.resume(waiting); // a request of our own asks for nothing
    const { target } = interaction.request;
    const scope = waiting.facts.requestedScope;
    const patient = chosenPatient(waiting);
    const changeHref = waiting.facts.isLaunched ? null : this.waitingRequests.pathOf(interaction, 'patient');
    const until = new Date(this.clock.now().getTime() + this.config.refreshTokenLifetime * 1000);
    const page = ConsentPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action: this.waitingRequests.pathOf(interaction, 'consent'),
      app: {
        ...requestingApp(client, target.redirectUri),
        ...(client.policyUri && { policyUri: client.policyUri }),
        ...(client.tosUri && { tosUri: client.tosUri }),
      },
      person: { displayName: signedIn?.person.displayName ?? '' },
      ...(patient && { patient: { ...patient, changeHref } }),
      groups: describeScopes(scope, frame.words),
      offline: { requested: scope.includes('offline_access'), until },
      allowedBefore: await this.findAllowedBefore(waiting),
      otherAccountHref: otherAccountPath(this.waitingRequests.pathOf(interaction, 'sign-in')),
      rememberOffered: isIdentityAssured(client, target.redirectUri),
      reduced: reducedOf(waiting.scopes),
    });
    return new PageAnswer(page, { formTargets: formTargets(target.redirectUri) });
  }

  /** What the person allowed before; null where it may have been another app that called itself by this client's name. */
  private async findAllowedBefore({ client, interaction, signedIn }: Waiting): Promise<readonly string[] | null> {
    if (client === null || signedIn === null || !isIdentityAssured(client, interaction.request.target.redirectUri)) return null;
    const consent = await this.consents.find(client.clientId, signedIn.person.subject);
    return consent && (consent.scope ?? '').split(' ');
  }
}

function isAllowed(form: SentParameters): boolean {
  const decision = form.one('decision');
  if (decision === 'allow' || decision === 'deny') return decision === 'allow';
  throw new OAuthError('invalid_request', 'decision must be allow or deny');
}

/** The patient whom a member of staff chose; null for patients, who need not be told whose record is theirs. */
function chosenPatient({ facts, patient }: Waiting): Waiting['patient'] {
  return facts.patientChosenBy === null ? null : patient;
}

/** Ties a form to this page of this request, and to the person whom it names: nobody decides for another. */
function purposeOf({ interaction, signedIn }: Waiting): string {
  return `consent ${interaction.id} ${signedIn?.person.subject ?? ''}`;
}
