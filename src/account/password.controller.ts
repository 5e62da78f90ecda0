import { Controller, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { PageAnswer, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { NEW_PASSWORD_FIELDS, readNewPassword } from '../sign-in/new-password-form.js';
import type { NewPasswordRefusal } from '../sign-in/new-password.view.js';
import { PasswordChange } from '../sign-in/password-change.service.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { ForSignedIn, ProvenWithin, RECENT_PROOF, SignedIn } from '../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from './account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from './api-account.openapi.js';
import { ConnectedApps } from './connected-apps.service.js';
import { withDone } from './done.js';
import { PasswordElsewherePage, PasswordPage } from './password.view.js';

const REVOKE_APPS = {
  revoke_apps: { type: 'string', enum: ['1'], description: 'May be left out. Take the access of all apps away as well.' },
};

/** On which people change their own password. */
@ApiAccount()
@ForSignedIn()
@ProvenWithin(RECENT_PROOF)
@Controller('account/password')
export class PasswordController {
  constructor(
    private readonly passwords: PasswordChange,
    private readonly apps: ConnectedApps,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly config: Config,
  ) {}

  /** Asks for the present password and a new one. */
  @Get()
  @ApiAccountPage('Change password', 'For whoever has signed in within the last 15 minutes.')
  async show(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer> {
    if (await this.passwords.isElsewhere(who.person))
      return new PageAnswer(PasswordElsewherePage({ frame: await this.frames.of(request) }));
    return this.page(who, [], request, reply);
  }

  /** Changes it under the EHR's rules, or says what stands against it. */
  @Post()
  @HttpCode(200)
  @ApiAccountForm('Set a new password', 'Every other session of the person ends. A wrong present password counts as one at sign-in does.', {
    ...NEW_PASSWORD_FIELDS,
    ...REVOKE_APPS,
  })
  async change(
    @SignedIn() who: SignedInPerson,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer | RedirectAnswer> {
    this.browser.checkCsrf(request, form, purposeOf(who));
    const sent = readNewPassword(form);
    const refusals = sent.isAlike ? await this.passwords.change(who, sent, request.ip) : (['different'] as const);
    if (refusals.length > 0) return this.page(who, refusals, request, reply);
    if (form.one('revoke_apps') === '1') await this.apps.revokeAll(who.person, request.ip);
    return new RedirectAnswer(withDone(`${this.config.webRoot}${ACCOUNT_SECTIONS.overview}`, 'password'));
  }

  private async page(
    who: SignedInPerson,
    refusals: readonly NewPasswordRefusal[],
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PageAnswer> {
    const page = PasswordPage({
      frame: await this.frames.of(request),
      action: `${this.config.webRoot}${ACCOUNT_SECTIONS.password}`,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(who)),
      rules: await this.passwords.rules(),
      username: who.person.username,
      refusals,
      offersRevocation: true,
    });
    return new PageAnswer(page);
  }
}

/** Ties the form to the person to whom it was shown. */
function purposeOf({ person }: SignedInPerson): string {
  return `account-password ${person.subject}`;
}
