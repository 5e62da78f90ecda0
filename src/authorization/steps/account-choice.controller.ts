import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../../platform/web/access.js';
import { CSRF_FIELD } from '../../platform/web/form-parts.view.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { type Answer, WaitingRequests } from '../waiting-requests.service.js';
import { AccountChoice } from './account-choice.service.js';
import { ApiStep, ApiStepForm } from './api-step.openapi.js';

const FORM = {
  type: 'object',
  required: [CSRF_FIELD],
  properties: {
    [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
    cancel: { type: 'string', enum: ['1'], description: 'The person turns back: access_denied goes to the client.' },
  },
};

/** The answer to the question with which account to go on. */
@ApiStep()
@ForPeople()
@Access('public')
@Controller('sign-in')
export class AccountChoiceController {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly accountChoice: AccountChoice,
  ) {}

  /** Goes on as who is signed in. */
  @Post(':interaction/continue')
  @HttpCode(200)
  @ApiStepForm('Go on as who is signed in', 'For `prompt=select_account`. OIDC Core §3.1.2.1', FORM)
  async submit(@Param('interaction') id: string, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    const waiting = await this.waitingRequests.get(id, request);
    if (waiting.interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    await this.accountChoice.take(waiting, form, request);
    return this.waitingRequests.resume(waiting);
  }
}
