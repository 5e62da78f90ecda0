import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { PageAnswer } from '../platform/web/answers.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentQuery } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { PasswordChange } from '../sign-in/password-change.service.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { ForSignedIn, SignedIn } from '../sign-in/signed-in.decorator.js';
import { ApiAccount, ApiAccountPage } from './api-account.openapi.js';
import { isDone } from './done.js';
import { OverviewPage } from './overview.view.js';

/** Where people begin who look after themselves. */
@ApiAccount()
@ForSignedIn()
@Controller('account')
export class OverviewController {
  constructor(
    private readonly passwords: PasswordChange,
    private readonly frames: PageFrames,
    private readonly ehrClock: EhrClock,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Says who is signed in, and what there is. */
  @Get()
  @ApiAccountPage('Your account')
  async show(
    @SignedIn() { person }: SignedInPerson,
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    const lastDay = await this.passwords.lastDayOfGrace(person, this.clock.now());
    const page = OverviewPage({
      frame: await this.frames.of(request),
      person,
      graceUntil: lastDay === null ? null : await this.ehrClock.moment(`${lastDay} 12:00:00`),
      passwordChanged: isDone(query, 'password'),
      signOutHref: `/${this.config.prefix}/logout`,
    });
    return new PageAnswer(page);
  }
}
