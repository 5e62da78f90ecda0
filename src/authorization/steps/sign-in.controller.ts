import { Controller, Get, HttpCode, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { GlobalSettings } from '../../platform/ehr/global-settings.js';
import { Limited } from '../../platform/throttle/rate-limit.guard.js';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm, sentQuery } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { Authentication } from '../../sign-in/authentication.service.js';
import type { Person } from '../../sign-in/person.js';
import { SecondFactors } from '../../sign-in/second-factors.service.js';
import { SignInPage } from '../../sign-in/sign-in.view.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { AccountChoice } from './account-choice.service.js';
import { OTHER_ACCOUNT } from './pages.js';
import { formTargets, requestingApp } from './requesting-app.js';
import { SignInFormGuard, signInPurpose } from './sign-in-form.guard.js';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD, 'username', 'password', 'user_role'],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    username: { type: 'string', example: 'clinician' },
    password: { type: 'string', format: 'password', example: 'Clinic#Demo1' },
    user_role: { type: 'string', enum: ['users', 'patient'], description: 'Clinic staff, or a patient of the portal.' },
    email: { type: 'string', description: 'Of a patient, where the clinic asks for it.', example: 'ada@example.org' },
    cancel: { type: 'string', enum: ['1'], description: 'The person turns back: access_denied goes to the client.' },
  },
};

/** The step on which a person says who they are. @see OIDC Core §3.1.2.3 */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('sign-in')
export class SignInController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly authentication: Authentication,
    private readonly secondFactors: SecondFactors,
    private readonly sessions: SessionsService,
    private readonly accountChoice: AccountChoice,
    private readonly browser: Browser,
    private readonly settings: GlobalSettings,
  ) {}

  /** Asks who is there. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Sign-in page', description: 'Asks for user name and password. OIDC Core §3.1.2.3' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    if (isOtherAccountWanted(waiting, request)) return this.page(waiting, request, reply);
    const elsewhere = this.waitingRequests.divert(waiting, 'sign-in');
    if (elsewhere !== null) return elsewhere;
    return this.accountChoice.isOffered(waiting) ? this.accountChoice.page(waiting, request, reply) : this.page(waiting, request, reply);
  }

  /** Takes name and password: signs the person in, or leads them to the second factor. Every refusal is the same page. */
  @Post(':interaction')
  @HttpCode(200)
  @UseGuards(SignInFormGuard)
  @Limited('sign-in')
  @ApiStepForm(
    'Send name and password',
    'The form of the sign-in page; the page is shown again, with one message for every reason, when they are not right. OIDC Core §3.1.2.3',
    FORM,
  )
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = request.waiting ?? (await this.waitingRequests.get(id, request));
    if (waiting.interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    if (form.one('cancel') !== undefined) return this.waitingRequests.decline(waiting);
    const person = request.user ?? null;
    if (person === null || !isExpected(person, waiting)) return this.page(waiting, request, reply, form);
    await this.record(waiting, person, request, reply);
    return this.waitingRequests.resume(waiting);
  }

  private async record({ interaction, client }: Waiting, person: Person, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const { subject, role, username } = person;
    const { id, request: waiting } = interaction;
    const asksForRecentProof = client === null && waiting.prompt.maxAge !== null; // of our own pages: what could lock people out
    const isAsked = (await this.authentication.secondFactorOf(person)) !== 'none';
    if (isAsked && (asksForRecentProof || !(await this.secondFactors.isRemembered(person, request)))) {
      await this.interactions.recordPrimaryFactor(id, { subject, role });
      return;
    }
    const { sid } = await this.sessions.begin({ subject, role, username, amr: ['pwd'] }, request, reply); // RFC 8176 §2
    await this.interactions.recordSession(id, sid);
  }

  /** @param refused the form that was not accepted */
  private async page(waiting: Waiting, request: FastifyRequest, reply: FastifyReply, refused?: SentParameters): Promise<PageAnswer> {
    const { client, frame, interaction, roles } = waiting;
    const { target, prompt } = interaction.request;
    const username = refused ? refused.one('username') : prompt.loginHint;
    const action = this.waitingRequests.pathOf(interaction, 'sign-in');
    const page = SignInPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, signInPurpose(waiting)),
      action,
      passkey: { action: `${action}/passkey`, options: `${action}/passkey` },
      app: requestingApp(client, target.redirectUri),
      ...(username && { username }),
      roles,
      selectedRole: roles.find((role) => role === refused?.one('user_role')) ?? roles[0] ?? 'users',
      emailNeeded: (await this.settings.read()).isOn('enforce_signin_email'),
      failed: refused !== undefined,
    });
    return new PageAnswer(page, { formTargets: formTargets(target.redirectUri) });
  }
}

/** Whoever is signed in may sign in as somebody else, until the request is answered. */
function isOtherAccountWanted({ interaction, next }: Waiting, request: FastifyRequest): boolean {
  return interaction.answeredAt === null && next !== null && next !== 'mfa' && sentQuery(request).one(OTHER_ACCOUNT) === '1';
}

/** Somebody else than the client expects could not be led on: the request would ask them to sign in again, and again. OIDC Core §3.1.2.2 */
function isExpected(person: Person, { interaction }: Waiting): boolean {
  return interaction.expectedSubject === null || interaction.expectedSubject === person.subject;
}
