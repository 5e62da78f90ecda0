import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiOperation, ApiUnsupportedMediaTypeResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { Authentication } from '../../sign-in/authentication.service.js';
import { NoUsableFactorPage, SecondFactorPage } from '../../sign-in/second-factor.view.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiStep, ApiStepPage } from './api-step.openapi.js';
import { formTargets, requestingApp } from './requesting-app.js';

type HalfWay = NonNullable<Waiting['halfWay']>;

const FORM = {
  type: 'object',
  required: [CSRF_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    mfa_token: { type: 'string', description: 'Six digits of the authenticator app.', example: '492039' },
    cancel: { type: 'string', description: 'The person turns back: access_denied goes to the client.', enum: ['1'] },
  },
};

/** The step on which a person whose password was right shows a second factor. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('mfa')
export class MfaController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly authentication: Authentication,
    private readonly sessions: SessionsService,
    private readonly browser: Browser,
  ) {}

  /** Asks for the code. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Second-factor page', description: 'Asks for a code of the authenticator app. OIDC Core §3.1.2.3' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    return this.waitingRequests.divert(waiting, 'mfa') ?? this.page(waiting, request, reply);
  }

  /** Takes the code, and signs the person in when it is right. */
  @Post(':interaction')
  @HttpCode(200)
  @ApiStepPage()
  @ApiOperation({ summary: 'Send the second factor', description: 'The form of the second-factor page. RFC 6238; OIDC Core §3.1.2.3' })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiUnsupportedMediaTypeResponse({ description: 'A page: invalid_request (the body is not a form).' })
  @ApiBody({ schema: FORM })
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    if (waiting.interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    if (form.one('cancel') !== undefined) {
      await this.interactions.recordDeclined(id);
      return this.waitingRequests.resume(waiting);
    }
    const { halfWay, next } = waiting;
    if (next !== 'mfa' || halfWay === null) return this.waitingRequests.resume(waiting);
    if (!(await this.isProven(halfWay, form, request))) return this.page(waiting, request, reply, true);
    const { subject, role, username } = halfWay.person;
    const { sid } = await this.sessions.begin({ subject, role, username, amr: ['pwd', 'otp', 'mfa'] }, request, reply); // RFC 8176 §2
    await this.interactions.recordSession(id, sid);
    return this.waitingRequests.resume(waiting);
  }

  private async isProven(halfWay: HalfWay, form: SentParameters, request: FastifyRequest): Promise<boolean> {
    const code = (form.one('mfa_token') ?? '').replaceAll(/\s/g, ''); // people type the blank that their app shows
    return halfWay.factor === 'totp' && this.authentication.verifySecondFactor(halfWay.person, code, request.ip);
  }

  private page(waiting: Waiting, request: FastifyRequest, reply: FastifyReply, failed = false): PageAnswer {
    const { client, frame, interaction, halfWay } = waiting;
    const { redirectUri } = interaction.request.target;
    const model = {
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action: this.waitingRequests.pathOf(interaction, 'mfa'),
      app: requestingApp(client, redirectUri),
    };
    const page = halfWay?.factor === 'totp' ? SecondFactorPage({ ...model, person: halfWay.person, failed }) : NoUsableFactorPage(model);
    return new PageAnswer(page, { formTargets: formTargets(redirectUri) });
  }
}

/** Ties a form to this page of this request. */
function purposeOf({ interaction }: Waiting): string {
  return `mfa ${interaction.id}`;
}
