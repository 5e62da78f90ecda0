import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Limited } from '../../platform/throttle/rate-limit.guard.js';
import { RateLimits } from '../../platform/throttle/rate-limits.service.js';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { CREDENTIAL_FIELD } from '../../platform/web/key-form.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { callerOf } from '../../sessions/caller.js';
import { joinedAmr } from '../../protocol/token/acr.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import type { Person } from '../../sign-in/person.js';
import { SecondFactorPage } from '../../sign-in/second-factor.view.js';
import { SecondFactors, type ShownFactor } from '../../sign-in/second-factors.service.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiKeyOptions, ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { formTargets, requestingApp } from './requesting-app.js';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    mfa_token: { type: 'string', description: 'Six digits of the authenticator app, or a recovery code.', example: '492039' },
    [CREDENTIAL_FIELD]: { type: 'string', description: 'Answer of a passkey or security key, as JSON. WebAuthn Level 3 §5.1.1' },
    remember: { type: 'string', description: 'Not to ask in this browser for a while, where the clinic allows that.', enum: ['1'] },
    cancel: { type: 'string', description: 'The person turns back: access_denied goes to the client.', enum: ['1'] },
  },
};

/** The step on which a person shows a second factor: after the password, or because the app asks for more than the session has shown. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('mfa')
export class MfaController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly secondFactors: SecondFactors,
    private readonly sessions: SessionsService,
    private readonly browser: Browser,
    private readonly limits: RateLimits,
  ) {}

  /** Asks for the second factor. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Second-factor page', description: 'Asks for a code or a key. OIDC Core §3.1.2.3' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    return this.waitingRequests.divert(waiting, 'mfa') ?? this.page(waiting, request, reply);
  }

  /** What the browser needs to ask the person's keys. */
  @Get(':interaction/key')
  @ApiKeyOptions()
  @ApiOperation({ summary: 'Options for the person’s keys', description: 'A fresh challenge, good once. WebAuthn Level 3 §5.5' })
  async options(@Param('interaction') id: string, @Req() request: FastifyRequest): Promise<object> {
    const waiting = await this.waitingRequests.get(id, request);
    const person = waiting.next === 'mfa' ? personOf(waiting) : null;
    if (person === null)
      throw new OAuthError('invalid_request', 'This page is not open any more.', { detail: 'no second factor is asked for' });
    return this.secondFactors.keyOptions(person, purposeOf(waiting));
  }

  /** Takes a code or the answer of a key, and signs the person in when it is right. */
  @Post(':interaction')
  @HttpCode(200)
  @Limited('sign-in')
  @ApiStepForm('Send the second factor', 'The form of the second-factor page. RFC 6238; OIDC Core §3.1.2.3', FORM)
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    if (waiting.interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    if (form.one('cancel') !== undefined) return this.waitingRequests.decline(waiting);
    const person = personOf(waiting);
    if (waiting.next !== 'mfa' || person === null) return this.waitingRequests.resume(waiting);
    const credential = form.one(CREDENTIAL_FIELD);
    const shown = await this.prove(waiting, person, form, request);
    if (shown === null) return this.page(waiting, request, reply, credential === undefined ? 'code' : 'key');
    await this.signIn(waiting, person, shown, request, reply);
    if (form.one('remember') !== undefined) await this.secondFactors.remember(person, request, reply);
    return this.waitingRequests.resume(waiting);
  }

  private prove(waiting: Waiting, person: Person, form: SentParameters, request: FastifyRequest): Promise<ShownFactor | null> {
    const credential = form.one(CREDENTIAL_FIELD);
    const { userAgent } = callerOf(request);
    this.limits.takePerson(person.role, person.username);
    if (credential !== undefined) return this.secondFactors.proveKey(person, purposeOf(waiting), credential, request.ip, { userAgent });
    return this.secondFactors.proveCode(person, form.one('mfa_token') ?? '', request.ip, { userAgent });
  }

  /** Begins a session after the password; one that was there rises. RFC 8176 §2 */
  private async signIn(
    { interaction, halfWay, signedIn }: Waiting,
    { subject, role, username }: Person,
    { amr }: ShownFactor,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> {
    if (halfWay !== null) {
      const { sid } = await this.sessions.begin({ subject, role, username, amr: joinedAmr(['pwd'], amr) }, request, reply);
      await this.interactions.recordSession(interaction.id, sid);
    } else if (signedIn !== null && (await this.sessions.raise(signedIn.session, joinedAmr(signedIn.session.amr, amr), request, reply))) {
      await this.interactions.recordSession(interaction.id, signedIn.session.sid);
    }
  }

  private async page(
    waiting: Waiting,
    request: FastifyRequest,
    reply: FastifyReply,
    failed: 'code' | 'key' | null = null,
  ): Promise<PageAnswer> {
    const { client, frame, interaction, halfWay } = waiting;
    const { redirectUri } = interaction.request.target;
    const person = personOf(waiting);
    const { hasApp, keys } = person === null ? { hasApp: false, keys: 0 } : await this.secondFactors.of(person);
    const action = this.waitingRequests.pathOf(interaction, 'mfa');
    const page = SecondFactorPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action,
      keyOptions: keys > 0 ? `${action}/key` : null,
      app: requestingApp(client, redirectUri),
      person: person ?? { displayName: '' },
      hasApp,
      isStepUp: halfWay === null,
      rememberDays: halfWay === null ? 0 : this.secondFactors.rememberDays,
      failed,
    });
    return new PageAnswer(page, { formTargets: formTargets(redirectUri) });
  }
}

/** Whose second factor is asked for. */
function personOf({ halfWay, signedIn }: Waiting): Person | null {
  return halfWay?.person ?? signedIn?.person ?? null;
}

/** Ties a form, and the challenge of a key, to this page of this request. */
function purposeOf({ interaction }: Waiting): string {
  return `mfa ${interaction.id}`;
}
