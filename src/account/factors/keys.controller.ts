import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Passkeys } from '../../mfa/passkeys.service.js';
import { PageAnswer, RedirectAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { CREDENTIAL_FIELD } from '../../platform/web/key-form.view.js';
import { PageFrames } from '../../platform/web/page-frames.service.js';
import { SentForm } from '../../platform/web/sent.decorator.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { FactorSetup } from '../../sign-in/factor-setup.service.js';
import { RecoveryCodesPage, type SetupFailure } from '../../sign-in/factor-setup.view.js';
import type { SignedInPerson } from '../../sign-in/person.js';
import { ForSignedIn, ProvenWithin, RECENT_PROOF, SignedIn } from '../../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from '../account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from '../api-account.openapi.js';
import { changePurpose, FactorAccess } from './factor-access.js';
import { KeyPage, KeySetupPage } from './factors.view.js';

const LIST = ACCOUNT_SECTIONS.factors;
const ADD = 'key';
const KEY_ID = {
  name: 'id',
  description: 'SHA-256 of the credential id, hex.',
  example: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
};

type Answer = PageAnswer | RedirectAnswer;

/** The passkeys and security keys of a person: added, named and removed. */
@ApiAccount()
@ForSignedIn()
@ProvenWithin(RECENT_PROOF)
@Controller('account/factors/passkeys')
export class KeysController {
  constructor(
    private readonly setup: FactorSetup,
    private readonly passkeys: Passkeys,
    private readonly access: FactorAccess,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
  ) {}

  /** Offers to add a key. */
  @Get()
  @ApiAccountPage('Add a passkey or security key', 'WebAuthn Level 3 §7.1')
  async show(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return (await this.access.detour(who, { adding: true })) ?? (await this.page(who, request, reply, null));
  }

  /** What the browser needs to make a key. */
  @Get('options')
  @ApiProduces('application/json')
  @ApiOperation({ summary: 'Options for a new key', description: 'A fresh challenge, good once. WebAuthn Level 3 §5.4' })
  @ApiOkResponse({
    description: 'Options of WebAuthn in their JSON form.',
    schema: { type: 'object', required: ['challenge'], properties: { challenge: { type: 'string' } }, additionalProperties: true },
  })
  async options(@SignedIn() who: SignedInPerson, @Req() request: FastifyRequest): Promise<object> {
    if ((await this.access.detour(who, { adding: true })) !== null) throw new OAuthError('access_denied', 'Open the page again.');
    const { branding } = await this.frames.of(request);
    return this.setup.keyOptions(who.person, changePurpose(who, ADD), branding.clinicName);
  }

  /** Takes the new key in. */
  @Post()
  @HttpCode(200)
  @ApiAccountForm('Send a new key', 'The answer shows recovery codes, if there were none.', {
    [CREDENTIAL_FIELD]: { type: 'string', description: 'The new credential, as JSON. WebAuthn Level 3 §5.1.1' },
    label: { type: 'string', description: 'What the person calls it.' },
  })
  async add(
    @SignedIn() who: SignedInPerson,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const purpose = changePurpose(who, ADD);
    this.browser.checkCsrf(request, form, purpose);
    const detour = await this.access.detour(who, { adding: true });
    if (detour !== null) return detour;
    const sent = form.one(CREDENTIAL_FIELD) ?? '';
    const outcome = await this.setup.confirmKey(who.person, purpose, sent, form.one('label') ?? '', request.ip);
    if (outcome.outcome !== 'enrolled') return this.page(who, request, reply, 'key');
    if (outcome.codes.length === 0) return this.access.toList();
    const frame = await this.frames.of(request, { here: null });
    return new PageAnswer(
      RecoveryCodesPage({ frame, codes: outcome.codes, continueHref: `${frame.branding.rootPath}${LIST}`, clockIsOff: false }),
    );
  }

  /** Shows one key. */
  @Get(':id')
  @ApiAccountPage('One of your keys')
  @ApiParam(KEY_ID)
  async showOne(
    @SignedIn() who: SignedInPerson,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    const key = (await this.passkeys.list(who.person.subject)).find((candidate) => candidate.id === id);
    if (key === undefined) return this.access.toList();
    const csrfToken = this.browser.csrfToken(request, reply, changePurpose(who, id));
    return new PageAnswer(KeyPage({ frame: await this.frames.of(request), csrfToken, id, label: key.label }));
  }

  /** Renames or removes a key. */
  @Post(':id')
  @HttpCode(200)
  @ApiAccountForm('Rename or remove a key', 'With the last factor recovery codes and remembered browsers go too.', {
    label: { type: 'string', description: 'Its new name; not with `remove`.' },
    remove: { type: 'string', enum: ['1'], description: 'Not with `label`.' },
  })
  @ApiParam(KEY_ID)
  async change(
    @SignedIn() who: SignedInPerson,
    @Param('id') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, changePurpose(who, id));
    const detour = await this.access.detour(who);
    if (detour !== null) return detour;
    const label = form.one('label');
    if (form.one('remove') !== undefined) await this.setup.removeKey(who.person, id, request.ip);
    else if (label !== undefined) await this.passkeys.rename(who.person.subject, id, label);
    return this.access.toList();
  }

  private async page(who: SignedInPerson, request: FastifyRequest, reply: FastifyReply, failed: SetupFailure | null): Promise<PageAnswer> {
    const csrfToken = this.browser.csrfToken(request, reply, changePurpose(who, ADD));
    return new PageAnswer(KeySetupPage({ frame: await this.frames.of(request), csrfToken, failed }));
  }
}
