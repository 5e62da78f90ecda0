import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { PageAnswer, RedirectAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { PageFrames } from '../../platform/web/page-frames.service.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { FactorSetup } from '../../sign-in/factor-setup.service.js';
import { RecoveryCodesPage, type SetupFailure } from '../../sign-in/factor-setup.view.js';
import type { SignedInPerson } from '../../sign-in/person.js';
import { SecondFactors } from '../../sign-in/second-factors.service.js';
import { ForSignedIn, ProvenWithin, RECENT_PROOF, SignedIn } from '../../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from '../account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from '../api-account.openapi.js';
import { ConfirmationPage } from '../confirmation.view.js';
import { changePurpose, FactorAccess } from './factor-access.js';
import { AppSetupPage, FACTOR_PAGES } from './factors.view.js';

const LIST = ACCOUNT_SECTIONS.factors;
const SET_UP = 'app';
const REMOVE = 'remove-app';

type Answer = PageAnswer | RedirectAnswer;

/** The authenticator app of a person: set up, and removed. */
@ApiAccount()
@ForSignedIn()
@ProvenWithin(RECENT_PROOF)
@Controller('account/factors/totp')
export class AppController {
  constructor(
    private readonly secondFactors: SecondFactors,
    private readonly setup: FactorSetup,
    private readonly access: FactorAccess,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
  ) {}

  /** Shows the key. */
  @Get()
  @ApiAccountPage('Set up an authenticator app', 'QR code, key and link. RFC 6238')
  async show(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return (await this.access.detour(who, { adding: true })) ?? (await this.page(who, request, reply, null));
  }

  /** Takes the first code. */
  @Post()
  @HttpCode(200)
  @ApiAccountForm('Send the first code', 'Nothing is kept before it is right. The answer shows recovery codes, if there were none.', {
    code: { type: 'string', description: 'Six digits.' },
  })
  async confirm(
    @SignedIn() who: SignedInPerson,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, changePurpose(who, SET_UP));
    const detour = await this.access.detour(who, { adding: true });
    if (detour !== null) return detour;
    const outcome = await this.setup.confirmApp(who.person, form.one('code') ?? '', request.ip);
    if (outcome.outcome === 'already') return this.access.toList();
    if (outcome.outcome !== 'enrolled') return this.page(who, request, reply, outcome.outcome);
    const { codes, clockIsOff } = outcome;
    if (codes.length === 0) return this.access.toList();
    const frame = await this.frames.of(request, { here: null });
    return new PageAnswer(RecoveryCodesPage({ frame, codes, continueHref: `${frame.branding.rootPath}${LIST}`, clockIsOff }));
  }

  /** Asks whether the app is to be removed. */
  @Get('remove')
  @ApiAccountPage('Ask before the authenticator app is removed')
  async ask(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    const frame = await this.frames.of(request);
    const title = frame.words.say('factors.removeApp');
    const page = ConfirmationPage({
      ...{ frame, section: 'factors', title, confirm: title, effect: frame.words.say('factors.removeEffect') },
      ...{
        action: `${frame.branding.rootPath}${FACTOR_PAGES.removeApp}`,
        csrfToken: this.browser.csrfToken(request, reply, changePurpose(who, REMOVE)),
      },
    });
    return new PageAnswer(page);
  }

  /** Removes the app, in the EHR as well. */
  @Post('remove')
  @HttpCode(200)
  @ApiAccountForm('Remove the authenticator app', 'In the EHR as well. With the last factor recovery codes and remembered browsers go too.')
  async remove(@SignedIn() who: SignedInPerson, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    this.browser.checkCsrf(request, form, changePurpose(who, REMOVE));
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    await this.setup.removeApp(who.person, request.ip);
    return this.access.toList();
  }

  private async page(who: SignedInPerson, request: FastifyRequest, reply: FastifyReply, failed: SetupFailure | null): Promise<Answer> {
    if ((await this.secondFactors.of(who.person)).hasApp) return this.access.toList();
    const frame = await this.frames.of(request);
    const secret = await this.setup.appSecret(who.person, frame.branding.clinicName);
    const csrfToken = this.browser.csrfToken(request, reply, changePurpose(who, SET_UP));
    return new PageAnswer(AppSetupPage({ frame, csrfToken, failed, ...secret }));
  }
}
