import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MfaStates } from '../../mfa/mfa-states.service.js';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { CREDENTIAL_FIELD } from '../../platform/web/key-form.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { joinedAmr, reachesAcr } from '../../protocol/token/acr.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { EnrolmentPolicy } from '../../sign-in/enrolment-policy.service.js';
import { FactorSetup, type SetupOutcome } from '../../sign-in/factor-setup.service.js';
import { RecoveryCodesPage, type SetupFailure } from '../../sign-in/factor-setup.view.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiKeyOptions, ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { EnrolPage, type EnrolmentReason } from './enrol.view.js';
import { formTargets, requestingApp } from './requesting-app.js';

type SignedIn = NonNullable<Waiting['signedIn']>;

const FORM = {
  type: 'object',
  required: [CSRF_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    code: { type: 'string', description: 'First code of the authenticator app.', example: '492039' },
    [CREDENTIAL_FIELD]: { type: 'string', description: 'A new passkey or security key, as JSON. WebAuthn Level 3 §5.1.1' },
    label: { type: 'string', description: 'What the person calls that key.', example: 'Blue key' },
    later: { type: 'string', description: 'The person goes on without, where that is allowed.', enum: ['1'] },
    cancel: { type: 'string', description: 'The person turns back: access_denied goes to the client.', enum: ['1'] },
  },
};

/** The step on which a person without a second factor sets one up: because they must, or ought to. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('enrol')
export class EnrolController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly setup: FactorSetup,
    private readonly policy: EnrolmentPolicy,
    private readonly mfaStates: MfaStates,
    private readonly sessions: SessionsService,
    private readonly browser: Browser,
  ) {}

  /** Shows what can be set up. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Page to set up a second factor', description: 'For people who must have one, or ought to. RFC 9470 §5' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    return this.waitingRequests.divert(waiting, 'enrol') ?? this.page(waiting, request, reply, null);
  }

  /** What the browser needs to make a key. */
  @Get(':interaction/key')
  @ApiKeyOptions()
  @ApiOperation({ summary: 'Options for a new key', description: 'A fresh challenge, good once. WebAuthn Level 3 §5.4' })
  async options(@Param('interaction') id: string, @Req() request: FastifyRequest): Promise<object> {
    const waiting = await this.waitingRequests.get(id, request);
    const { signedIn, next, frame } = waiting;
    if (next !== 'enrol' || signedIn === null || !(await this.setup.isOffered(signedIn.person))) {
      throw new OAuthError('invalid_request', 'This page is not open any more.', { detail: 'no enrolment is asked for' });
    }
    return this.setup.keyOptions(signedIn.person, purposeOf(waiting), frame.branding.clinicName);
  }

  /** Takes the first code or the new key, or lets the person go on. */
  @Post(':interaction')
  @HttpCode(200)
  @ApiStepForm('Send a first code or a new key', 'The forms of that page. RFC 6238; WebAuthn Level 3 §7.1', FORM)
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const { signedIn, next, interaction } = waiting;
    if (interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    if (form.one('cancel') !== undefined) return this.waitingRequests.decline(waiting);
    if (next !== 'enrol' || signedIn === null) return this.waitingRequests.resume(waiting);
    if (form.one('later') !== undefined) return this.passOver(waiting, signedIn);
    if (!(await this.setup.isOffered(signedIn.person))) return this.page(waiting, request, reply, null);
    const outcome = await this.enrol(waiting, signedIn, form, request);
    if (outcome.outcome === 'already') return this.waitingRequests.resume(waiting);
    if (outcome.outcome !== 'enrolled') return this.page(waiting, request, reply, outcome.outcome);
    await this.mfaStates.acknowledge(signedIn.person.subject);
    if (form.one(CREDENTIAL_FIELD) === undefined) await this.raise(waiting, signedIn, request, reply);
    return this.enrolled(waiting, outcome);
  }

  private enrol(waiting: Waiting, { person }: SignedIn, form: SentParameters, { ip }: FastifyRequest): Promise<SetupOutcome> {
    const credential = form.one(CREDENTIAL_FIELD);
    if (credential === undefined) return this.setup.confirmApp(person, form.one('code') ?? '', ip);
    return this.setup.confirmKey(person, purposeOf(waiting), credential, form.one('label') ?? '', ip);
  }

  /** The first code has shown that the app is at hand. A new key has signed nothing yet: it is asked where two factors are wanted. */
  private async raise({ interaction }: Waiting, { session }: SignedIn, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    if (!(await this.sessions.raise(session, joinedAmr(session.amr, ['otp']), request, reply))) return;
    await this.interactions.recordSession(interaction.id, session.sid);
  }

  private enrolled(waiting: Waiting, { codes, clockIsOff }: SetupOutcome & { outcome: 'enrolled' }): Answer {
    if (codes.length === 0) return this.waitingRequests.resume(waiting);
    const continueHref = this.waitingRequests.resume(waiting).location;
    return new PageAnswer(RecoveryCodesPage({ frame: { ...waiting.frame, here: null }, codes, continueHref, clockIsOff }));
  }

  /** What is demanded cannot be passed over: the steps are asked again, and come back here. */
  private async passOver(waiting: Waiting, { person }: SignedIn): Promise<Answer> {
    await this.mfaStates.acknowledge(person.subject);
    await this.interactions.recordEnrolmentPutOff(waiting.interaction.id);
    return this.waitingRequests.resume(waiting);
  }

  private async page(waiting: Waiting, request: FastifyRequest, reply: FastifyReply, failed: SetupFailure | null): Promise<PageAnswer> {
    const { client, frame, interaction, signedIn, facts } = waiting;
    const { redirectUri } = interaction.request.target;
    const action = this.waitingRequests.pathOf(interaction, 'enrol');
    const person = signedIn?.person ?? null;
    const isOffered = person !== null && (await this.setup.isOffered(person));
    const hasNone = facts.session?.hasSecondFactor !== true;
    const page = EnrolPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action,
      keyOptions: `${action}/key`,
      appName: requestingApp(client, redirectUri)?.name ?? frame.branding.clinicName,
      reason: reasonOf(waiting),
      wasReset: facts.session?.isNoticePending === true,
      until: person !== null && hasNone ? (await this.policy.dueFor(person)).until : null,
      setup: person !== null && isOffered ? await this.setup.appSecret(person, frame.branding.clinicName) : null,
      failed,
    });
    return new PageAnswer(page, { formTargets: formTargets(redirectUri) });
  }
}

function reasonOf({ facts }: Waiting): EnrolmentReason {
  const { session, request } = facts;
  if (session !== null && !reachesAcr(session.amr, request.leastAcr)) return 'demandedByApp';
  return session === null || session.enrolmentDue === 'none' ? 'told' : session.enrolmentDue;
}

/** Ties a form, and the challenge of a key, to this page of this request. */
function purposeOf({ interaction }: Waiting): string {
  return `enrol ${interaction.id}`;
}
