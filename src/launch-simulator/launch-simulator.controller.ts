import { Controller, Get, HttpCode, Post, Req, Res, UseFilters, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { Config } from '../platform/config/config.js';
import { Access, ForPeople } from '../platform/web/access.js';
import { PageAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { LAUNCH_SIMULATOR_CLIENT_ID, LAUNCH_SIMULATOR_PATH, launchSimulatorRedirectUri } from '../platform/web/launch-simulator-address.js';
import type { PageFrame } from '../platform/web/page-frame.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { SignInNeededFilter } from '../sign-in/session.guard.js';
import { ApiSimulator, ApiSimulatorForm, ApiSimulatorPage } from './launch-simulator.openapi.js';
import { launchCommand } from './launch-command.js';
import { LaunchSimulatorPage, SEARCH_BUTTON } from './launch-simulator.view.js';
import { type MadeLaunchModel, OtherAppPage } from './made-launch.view.js';
import { LaunchAnswerPage, SimulatedLaunchPage } from './simulated-launch.view.js';
import { type LaunchRefusal, SimulatedLaunches, type SimulatedLaunch, type SimulatorUser } from './simulated-launches.service.js';
import { SimulatorChoicesService } from './simulator-choices.service.js';
import { emptyForm, readForm, requestedScope, type SimulatorForm } from './simulator-form.js';
import { SimulatorSwitchGuard, SimulatorUserGuard } from './simulator.guard.js';

const PURPOSE = 'launch-simulator';
/** Who signs in on the demo EHR, and whose chart is open, unless somebody else is chosen. */
const DEMO = { user: 'clinician', patient: '1' };

/** What a page needs of its request. */
interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/** Plays a chart and an app, against this server itself. @see SMART App Launch 2.2 */
@ApiSimulator()
@ForPeople()
@Access('public')
@UseGuards(SimulatorSwitchGuard)
@UseFilters(SignInNeededFilter)
@Controller(LAUNCH_SIMULATOR_PATH)
export class LaunchSimulatorController {
  constructor(
    private readonly choices: SimulatorChoicesService,
    private readonly launches: SimulatedLaunches,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly config: Config,
  ) {}

  /** Shows what can be started. */
  @Get()
  @UseGuards(SimulatorUserGuard)
  @ApiSimulatorPage('Launch simulator', 'Choose an app, a person, a patient and a kind of launch.')
  show(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<PageAnswer> {
    const isDemo = this.config.databaseUrl === null;
    const beginning = isDemo ? DEMO : { user: request.signedIn?.person.username ?? '', patient: '' };
    return this.page(emptyForm(beginning), { request, reply });
  }

  /** Finds patients, or starts the app. */
  @Post()
  @HttpCode(200)
  @UseGuards(SimulatorUserGuard)
  @ApiSimulatorForm()
  async submit(
    @SentForm() sent: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer> {
    this.browser.checkCsrf(request, sent, PURPOSE);
    const form = readForm(sent);
    const isSearch = sent.one(SEARCH_BUTTON) !== undefined;
    if (isSearch) return this.page(form, { request, reply }, { isSearch });
    const launch = await this.launches.start(form, userOf(request));
    if (typeof launch === 'string') return this.page(form, { request, reply }, { refusal: launch });
    const frame = await this.frames.of(request);
    const isBuiltIn = launch.app.clientId === LAUNCH_SIMULATOR_CLIENT_ID;
    return new PageAnswer(isBuiltIn ? this.builtInPage(launch, form, frame) : this.otherPage(launch, frame));
  }

  /** Where the built-in app takes the answer: its script reads the code from the address, and nobody else does. */
  @Get('callback')
  @ApiSimulatorPage('The built-in app of the launch simulator', 'Its redirect URI: the rest happens in the page. RFC 6749 §4.1.2')
  async answer(@Req() request: FastifyRequest): Promise<PageAnswer> {
    const frame = await this.frames.of(request, { here: null }); // what it shows is there once
    const { metadataHref, againHref } = this.addresses();
    return new PageAnswer(LaunchAnswerPage({ frame, metadataHref, againHref, userinfoHref: `${this.config.issuer}/userinfo` }));
  }

  private async page(
    form: SimulatorForm,
    { request, reply }: Exchange,
    { isSearch = false, refusal = null }: { isSearch?: boolean; refusal?: LaunchRefusal | null } = {},
  ): Promise<PageAnswer> {
    const frame = await this.frames.of(request);
    const page = LaunchSimulatorPage({
      ...{ frame, form, refusal },
      csrfToken: this.browser.csrfToken(request, reply, PURPOSE),
      action: this.addresses().againHref,
      address: `${this.config.publicAddress}/${LAUNCH_SIMULATOR_PATH}`,
      choices: await this.choices.gather(form, isSearch, userOf(request), frame.words.language.tag),
    });
    return new PageAnswer(page);
  }

  private builtInPage({ app, made }: SimulatedLaunch, form: SimulatorForm, frame: PageFrame): VNode {
    const request = {
      client_id: app.clientId,
      redirect_uri: launchSimulatorRedirectUri(this.config),
      scope: requestedScope(form),
      aud: this.config.fhirUrl,
      ...(made && { launch: made.launch }),
      ...(form.user !== '' && { login_hint: form.user }),
      pkce: form.pkce,
    };
    return SimulatedLaunchPage({ frame, ...this.addresses(), app: app.name, request, made: this.described(app, made) });
  }

  private otherPage({ app, made }: SimulatedLaunch, frame: PageFrame): VNode {
    const { fhirUrl: fhirBase } = this.config;
    return OtherAppPage({
      ...{ frame, app: app.name, clientId: app.clientId, fhirBase, launchHref: linkable(made?.launch_url ?? null) },
      ...{ ...this.addresses(), metadataHref: `${fhirBase}/.well-known/smart-configuration`, made: this.described(app, made) },
    });
  }

  private described(app: SimulatedLaunch['app'], made: SimulatedLaunch['made']): MadeLaunchModel | null {
    if (made === null) return null;
    const { person, patient, ...answer } = made;
    const user = person.role === 'users' ? person.username : person.subject;
    return {
      app: app.name,
      person: person.displayName,
      request: launchCommand(this.config.issuer, { app: app.clientId, user, patient }),
      answer: JSON.stringify(answer, null, 2),
    };
  }

  /** The FHIR base's own document where this server is the one that has it; scripts of a page reach no other host. */
  private addresses(): { readonly metadataHref: string; readonly againHref: string } {
    const { fhirUrl, issuer, publicAddress, site, webRoot } = this.config;
    const base = fhirUrl === `${publicAddress}/apis/${site}/fhir` ? fhirUrl : issuer;
    return { metadataHref: `${base}/.well-known/smart-configuration`, againHref: `${webRoot}/${LAUNCH_SIMULATOR_PATH}` };
  }
}

function userOf({ signedIn, ip }: FastifyRequest): SimulatorUser {
  return { person: signedIn?.person ?? null, address: ip };
}

/** Other addresses are for the device of whoever uses the app, or for nobody (`javascript:`). */
function linkable(url: string | null): string | null {
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}
