import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { NEW_PASSWORD_FIELDS, readNewPassword } from '../../sign-in/new-password-form.js';
import type { NewPasswordRefusal } from '../../sign-in/new-password.view.js';
import { PasswordChange } from '../../sign-in/password-change.service.js';
import { type Answer, type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { ApiStep, ApiStepForm, ApiStepPage } from './api-step.openapi.js';
import { ExpiredPasswordPage } from './expired-password.view.js';

type SignedIn = NonNullable<Waiting['signedIn']>;

const FORM = {
  type: 'object',
  required: [CSRF_FIELD, ...Object.keys(NEW_PASSWORD_FIELDS)],
  properties: { [CSRF_FIELD]: { type: 'string', description: 'From the page.' }, ...NEW_PASSWORD_FIELDS },
};

/** The step on which somebody who came in with an expired password sets a new one. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('new-password')
export class ExpiredPasswordController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly passwords: PasswordChange,
    private readonly browser: Browser,
  ) {}

  /** Says that the password has expired, and asks for a new one. */
  @Get(':interaction')
  @ApiStepPage()
  @ApiOperation({ summary: 'Page for an expired password', description: 'After every factor was proven: asks for a new password.' })
  async show(
    @Param('interaction') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const elsewhere = this.waitingRequests.divert(waiting, 'new-password');
    return elsewhere ?? this.page(waiting, [], request, reply);
  }

  /** Sets a new password under the EHR's rules; the request goes on when it is set. */
  @Post(':interaction')
  @HttpCode(200)
  @ApiStepForm('Set a new password', 'The form of the page for an expired password, which is asked for once more.', FORM)
  async submit(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    const { signedIn } = waiting;
    const elsewhere = this.waitingRequests.divert(waiting, 'new-password');
    if (elsewhere !== null || signedIn === null) return elsewhere ?? this.waitingRequests.resume(waiting);
    this.browser.checkCsrf(request, form, purposeOf(waiting, signedIn));
    const sent = readNewPassword(form);
    const refusals = sent.isAlike ? await this.passwords.change(signedIn, sent, request.ip) : (['different'] as const);
    return refusals.length > 0 ? this.page(waiting, refusals, request, reply) : this.waitingRequests.resume(waiting);
  }

  private async page(
    waiting: Waiting,
    refusals: readonly NewPasswordRefusal[],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<Answer> {
    const { signedIn, interaction, frame } = waiting;
    if (signedIn === null) return this.waitingRequests.resume(waiting);
    const page = ExpiredPasswordPage({
      frame,
      person: signedIn.person,
      action: this.waitingRequests.pathOf(interaction, 'new-password'),
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting, signedIn)),
      rules: await this.passwords.rules(),
      username: signedIn.person.username,
      refusals,
      offersRevocation: false,
    });
    return new PageAnswer(page);
  }
}

/** Ties a form to this page of this request, and to the person to whom it was shown. */
function purposeOf({ interaction }: Waiting, { person }: SignedIn): string {
  return `new-password ${interaction.id} ${person.subject}`;
}
