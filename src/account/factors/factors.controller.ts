import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Passkeys } from '../../mfa/passkeys.service.js';
import { RecoveryCodes } from '../../mfa/recovery-codes.service.js';
import { RememberedDevices } from '../../mfa/remembered-devices.service.js';
import { Clock } from '../../platform/ambient/clock.js';
import { PageAnswer, RedirectAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { PageFrames } from '../../platform/web/page-frames.service.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { FactorSetup } from '../../sign-in/factor-setup.service.js';
import { RecoveryCodesPage } from '../../sign-in/factor-setup.view.js';
import type { SignedInPerson } from '../../sign-in/person.js';
import { SecondFactors } from '../../sign-in/second-factors.service.js';
import { ForSignedIn, ProvenWithin, RECENT_PROOF, SignedIn } from '../../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from '../account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from '../api-account.openapi.js';
import { ConfirmationPage } from '../confirmation.view.js';
import { deviceWords } from '../device-words.js';
import { changePurpose, FactorAccess } from './factor-access.js';
import { FACTOR_PAGES, FactorsPage } from './factors.view.js';

const LIST = ACCOUNT_SECTIONS.factors;

type Answer = PageAnswer | RedirectAnswer;

/** The second factors of a person: seen; recovery codes made anew; remembered browsers forgotten. */
@ApiAccount()
@ForSignedIn()
@Controller('account/factors')
export class FactorsController {
  constructor(
    private readonly secondFactors: SecondFactors,
    private readonly setup: FactorSetup,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly devices: RememberedDevices,
    private readonly access: FactorAccess,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly clock: Clock,
  ) {}

  /** Lists what the person has. */
  @Get()
  @ApiAccountPage('Your second factors')
  async list(@SignedIn() { person }: SignedInPerson, @Req() request: FastifyRequest): Promise<PageAnswer> {
    const { hasApp, keys } = await this.secondFactors.of(person);
    const devices = await this.devices.list(person.subject);
    const page = FactorsPage({
      frame: await this.frames.of(request),
      hasApp,
      hasAny: hasApp || keys > 0,
      keys: await this.passkeys.list(person.subject),
      codesLeft: await this.recoveryCodes.countLeft(person.subject),
      devices: this.devices.days === 0 ? null : devices.map((device) => ({ ...device, userAgent: device.label })),
      isOffered: await this.setup.isOffered(person),
      now: this.clock.now(),
    });
    return new PageAnswer(page);
  }

  /** Asks whether new recovery codes are to be made. */
  @Get('recovery-codes')
  @ProvenWithin(RECENT_PROOF)
  @ApiAccountPage('Ask before new recovery codes are made')
  async askCodes(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    const frame = await this.frames.of(request);
    const page = ConfirmationPage({
      ...{ frame, section: 'factors', title: frame.words.say('factors.newCodes') },
      ...{ effect: frame.words.say('factors.newCodesHint'), confirm: frame.words.say('factors.newCodes') },
      ...{
        action: `${frame.branding.rootPath}${FACTOR_PAGES.codes}`,
        csrfToken: this.browser.csrfToken(request, reply, changePurpose(who, 'codes')),
      },
    });
    return new PageAnswer(page);
  }

  /** Makes new recovery codes and shows them, once. */
  @Post('recovery-codes')
  @HttpCode(200)
  @ProvenWithin(RECENT_PROOF)
  @ApiAccountForm('Make new recovery codes', 'Ten codes, shown in the answer and never again. Those made before are good no more.')
  async makeCodes(@SignedIn() who: SignedInPerson, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    this.browser.checkCsrf(request, form, changePurpose(who, 'codes'));
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    if ((await this.secondFactors.kindOf(who.person)) === 'none') return this.access.toList();
    const codes = await this.setup.replaceCodes(who.person, request.ip);
    const frame = await this.frames.of(request, { here: null });
    return new PageAnswer(RecoveryCodesPage({ frame, codes, continueHref: `${frame.branding.rootPath}${LIST}`, clockIsOff: false }));
  }

  /** Asks whether a browser is to be forgotten. */
  @Get('devices/:handle')
  @ApiAccountPage('Ask before a browser is forgotten')
  @ApiParam({ name: 'handle', description: 'Public name of the remembered browser.', example: 'mZ1v0a9s8Xq2b3c4d5e6fg' })
  async askDevice(
    @SignedIn() who: SignedInPerson,
    @Param('handle') handle: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const device = (await this.devices.list(who.person.subject)).find((candidate) => candidate.handle === handle);
    if (device === undefined) return this.access.toList();
    const frame = await this.frames.of(request);
    const title = frame.words.say('factors.forget', { browser: deviceWords(frame.words, device.label) });
    const page = ConfirmationPage({
      ...{ frame, section: 'factors', title, confirm: title, effect: frame.words.say('factors.forgetEffect') },
      ...{
        action: `${frame.branding.rootPath}${FACTOR_PAGES.devices}/${handle}`,
        csrfToken: this.browser.csrfToken(request, reply, changePurpose(who, handle)),
      },
    });
    return new PageAnswer(page);
  }

  /** Forgets a browser: it is asked for the second factor again. */
  @Post('devices/:handle')
  @HttpCode(200)
  @ApiAccountForm('Forget a browser', 'It is asked for the second factor again.')
  @ApiParam({ name: 'handle', description: 'Public name of the remembered browser.', example: 'mZ1v0a9s8Xq2b3c4d5e6fg' })
  async forget(
    @SignedIn() who: SignedInPerson,
    @Param('handle') handle: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, changePurpose(who, handle));
    await this.devices.forget(who.person.subject, handle);
    return this.access.toList();
  }
}
