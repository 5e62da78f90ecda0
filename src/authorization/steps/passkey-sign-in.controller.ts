import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Limited } from '../../platform/throttle/rate-limit.guard.js';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { CREDENTIAL_FIELD } from '../../platform/web/key-form.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { callerOf } from '../../sessions/caller.js';
import { SessionsService } from '../../sessions/sessions.service.js';
import { KeySignIns } from '../../sign-in/key-sign-in.service.js';
import { PasskeyRefusedPage } from '../../sign-in/passkey-sign-in.view.js';
import { InteractionsService } from '../interactions.service.js';
import { type Answer, WaitingRequests } from '../waiting-requests.service.js';
import { ApiKeyOptions, ApiStep, ApiStepForm } from './api-step.openapi.js';
import { signInPurpose } from './sign-in-form.guard.js';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD, CREDENTIAL_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    [CREDENTIAL_FIELD]: { type: 'string', description: 'Answer of a passkey, as JSON. WebAuthn Level 3 §5.1.1' },
  },
};

/** The other way through the step of signing in: a passkey instead of name and password. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('sign-in/:interaction/passkey')
export class PasskeySignInController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly keySignIns: KeySignIns,
    private readonly sessions: SessionsService,
    private readonly browser: Browser,
  ) {}

  /** What the browser needs to ask for a passkey. */
  @Get()
  @ApiKeyOptions()
  @ApiOperation({ summary: 'Options for passkeys', description: 'A fresh challenge, good once, for any passkey. WebAuthn Level 3 §5.5' })
  async options(@Param('interaction') id: string, @Req() request: FastifyRequest): Promise<object> {
    return this.keySignIns.options(signInPurpose(await this.waitingRequests.get(id, request)));
  }

  /** Takes the answer of a passkey, which stands for both factors: it is held, and it knew its owner. */
  @Post()
  @HttpCode(200)
  @Limited('sign-in')
  @ApiStepForm('Sign in with a passkey', 'Sent by the sign-in page. WebAuthn Level 3 §7.2; OIDC Core §3.1.2.3', FORM)
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const { interaction, frame, roles } = waiting;
    if (interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    this.browser.checkCsrf(request, form, signInPurpose(waiting));
    const sender = { address: request.ip, userAgent: callerOf(request).userAgent };
    const signIn = await this.keySignIns.authenticate(signInPurpose(waiting), form.one(CREDENTIAL_FIELD) ?? '', roles, sender);
    const isExpected = interaction.expectedSubject === null || interaction.expectedSubject === signIn?.person.subject; // OIDC Core §3.1.2.2
    if (signIn === null || !isExpected) {
      const signInHref = this.waitingRequests.pathOf(interaction, 'sign-in');
      return new PageAnswer(PasskeyRefusedPage({ frame: { ...frame, here: null }, signInHref }));
    }
    const { subject, role, username } = signIn.person;
    const { sid } = await this.sessions.begin({ subject, role, username, amr: [...signIn.amr] }, request, reply); // RFC 8176 §2
    await this.interactions.recordSession(id, sid);
    return this.waitingRequests.resume(waiting);
  }
}
