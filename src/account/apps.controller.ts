import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { describeScopes } from '../consents/scope-sentences.js';
import { Config } from '../platform/config/config.js';
import type { Words } from '../platform/i18n/words.js';
import { PageAnswer, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentForm, SentQuery } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { ForSignedIn, ProvenWithin, RECENT_PROOF, SignedIn } from '../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from './account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from './api-account.openapi.js';
import { AppsPage, type ListedApp } from './apps.view.js';
import { ConfirmationPage } from './confirmation.view.js';
import { type ConnectedApp, ConnectedApps } from './connected-apps.service.js';
import { isDone, withDone } from './done.js';

const LIST = ACCOUNT_SECTIONS.apps;
const ALL = '/account/all-apps';

type Answer = PageAnswer | RedirectAnswer;

/** Apps with access: seen, and cut off. */
@ApiAccount()
@ForSignedIn()
@Controller('account')
export class AppsController {
  constructor(
    private readonly apps: ConnectedApps,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly config: Config,
  ) {}

  /** Lists the apps. */
  @Get('apps')
  @ApiAccountPage('Apps with access')
  async list(
    @SignedIn() { person }: SignedInPerson,
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<PageAnswer> {
    const frame = await this.frames.of(request);
    const apps = (await this.apps.list(person)).map((app) => this.listed(app, frame.words));
    return new PageAnswer(AppsPage({ frame, apps, revoked: isDone(query, 'apps'), revokeAllHref: this.at(ALL) }));
  }

  /** Asks whether an app is to lose its access. */
  @Get('apps/:client')
  @ApiAccountPage('Ask before an app loses its access')
  @ApiParam({ name: 'client', description: 'Its client_id.', example: 'kcQ7yPb4Vw2nU0Zr5h1dXs' })
  async ask(
    @SignedIn() who: SignedInPerson,
    @Param('client') clientId: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const app = await this.apps.find(who.person, clientId);
    if (app === null) return new RedirectAnswer(this.at(LIST)); // it has none, or none any more
    const frame = await this.frames.of(request);
    const page = ConfirmationPage({
      ...{ frame, section: 'apps', title: frame.words.say('accountApps.askOne', { app: app.name }) },
      ...{ effect: frame.words.say('accountApps.effect'), confirm: frame.words.say('accountApps.confirm') },
      ...{ action: this.pathOf(clientId), csrfToken: this.browser.csrfToken(request, reply, purposeOf(who, clientId)) },
    });
    return new PageAnswer(page);
  }

  /** Takes the access of an app away. */
  @Post('apps/:client')
  @HttpCode(200)
  @ApiAccountForm(
    'Take the access of an app away',
    'Consent, grants, codes and tokens of that client and this person end at once. RFC 7009 §1',
  )
  @ApiParam({ name: 'client', description: 'Its client_id.', example: 'kcQ7yPb4Vw2nU0Zr5h1dXs' })
  async revoke(
    @SignedIn() who: SignedInPerson,
    @Param('client') clientId: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, purposeOf(who, clientId));
    const app = await this.apps.find(who.person, clientId);
    if (app !== null) await this.apps.revoke(who.person, [clientId], request.ip);
    return new RedirectAnswer(withDone(this.at(LIST), 'apps'));
  }

  /** Asks whether all apps are to lose their access. */
  @Get('all-apps')
  @ProvenWithin(RECENT_PROOF)
  @ApiAccountPage('Ask before all apps lose their access', 'For whoever has signed in within the last 15 minutes.')
  async askAll(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer> {
    const frame = await this.frames.of(request);
    const page = ConfirmationPage({
      ...{ frame, section: 'apps', title: frame.words.say('accountApps.askAll') },
      ...{ effect: frame.words.say('accountApps.effect'), confirm: frame.words.say('accountApps.confirm') },
      ...{ action: this.at(ALL), csrfToken: this.browser.csrfToken(request, reply, purposeOf(who, '')) },
    });
    return new PageAnswer(page);
  }

  /** Takes the access of all apps away. */
  @Post('all-apps')
  @HttpCode(200)
  @ProvenWithin(RECENT_PROOF)
  @ApiAccountForm(
    'Take the access of all apps away',
    'Consents, grants, codes and tokens of this person end at once, whichever client has them.',
  )
  async revokeAll(@SignedIn() who: SignedInPerson, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    this.browser.checkCsrf(request, form, purposeOf(who, ''));
    await this.apps.revokeAll(who.person, request.ip);
    return new RedirectAnswer(withDone(this.at(LIST), 'apps'));
  }

  /** @param path below the web root */
  private at(path: string): string {
    return `${this.config.webRoot}${path}`;
  }

  private pathOf(clientId: string): string {
    return this.at(`${LIST}/${encodeURIComponent(clientId)}`);
  }

  private listed({ clientId, scope, ...app }: ConnectedApp, words: Words): ListedApp {
    return { ...app, href: this.pathOf(clientId), groups: describeScopes(scope, words) };
  }
}

/** Ties a form to the app it names, and to the person who was asked. */
function purposeOf({ person }: SignedInPerson, clientId: string): string {
  return `account-apps ${person.subject} ${clientId}`;
}
