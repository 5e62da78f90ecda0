import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { PageAnswer, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentForm, SentQuery } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { Session } from '../sessions/session.entity.js';
import type { SignedInPerson } from '../sign-in/person.js';
import { ForSignedIn, SignedIn } from '../sign-in/signed-in.decorator.js';
import { ACCOUNT_SECTIONS } from './account-layout.view.js';
import { ApiAccount, ApiAccountForm, ApiAccountPage } from './api-account.openapi.js';
import { ConfirmationPage } from './confirmation.view.js';
import { deviceWords } from './device-words.js';
import { isDone, withDone } from './done.js';
import { OwnSessions } from './own-sessions.service.js';
import { type ListedSession, SessionsPage } from './sessions.view.js';

const LIST = ACCOUNT_SECTIONS.sessions;
const OTHERS = '/account/other-sessions';

type Answer = PageAnswer | RedirectAnswer;

/** Where a person is signed in: seen, and ended. */
@ApiAccount()
@ForSignedIn()
@Controller('account')
export class SessionsController {
  constructor(
    private readonly sessions: OwnSessions,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /** Lists the sessions. */
  @Get('sessions')
  @ApiAccountPage('Where you are signed in')
  async list(@SignedIn() who: SignedInPerson, @SentQuery() query: SentParameters, @Req() request: FastifyRequest): Promise<PageAnswer> {
    const sessions = (await this.sessions.list(who)).map((session) => this.listed(session, who));
    const frame = await this.frames.of(request);
    const page = SessionsPage({ frame, sessions, now: this.clock.now(), ended: isDone(query, 'sessions'), endAllHref: this.at(OTHERS) });
    return new PageAnswer(page);
  }

  /** Asks whether a session is to end. */
  @Get('sessions/:sid')
  @ApiAccountPage('Ask before a session ends')
  @ApiParam({ name: 'sid', description: 'Public name of the session, as in the `sid` claim.', example: 'mZ1v0a9s8Xq2b3c4d5e6fg' })
  async ask(
    @SignedIn() who: SignedInPerson,
    @Param('sid') sid: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    const session = await this.sessions.findOther(who, sid);
    if (session === null) return new RedirectAnswer(this.at(LIST)); // it has ended, or is none of theirs
    const frame = await this.frames.of(request);
    const device = deviceWords(frame.words, session.userAgent);
    const page = ConfirmationPage({
      ...{ frame, section: 'sessions', title: frame.words.say('accountSessions.askOne', { device }) },
      ...{ effect: frame.words.say('accountSessions.effect'), confirm: frame.words.say('accountSessions.confirm') },
      ...{ action: this.pathOf(sid), csrfToken: this.browser.csrfToken(request, reply, purposeOf(who, sid)) },
    });
    return new PageAnswer(page);
  }

  /** Ends a session. */
  @Post('sessions/:sid')
  @HttpCode(200)
  @ApiAccountForm('End a session', 'The session and every token that was granted in it end at once.')
  @ApiParam({ name: 'sid', description: 'Public name of the session, as in the `sid` claim.', example: 'mZ1v0a9s8Xq2b3c4d5e6fg' })
  async end(
    @SignedIn() who: SignedInPerson,
    @Param('sid') sid: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, purposeOf(who, sid));
    const session = await this.sessions.findOther(who, sid);
    await this.sessions.end(who, session === null ? [] : [session], request.ip);
    return new RedirectAnswer(withDone(this.at(LIST), 'sessions'));
  }

  /** Asks whether every other session is to end. */
  @Get('other-sessions')
  @ApiAccountPage('Ask before all other sessions end')
  async askAll(
    @SignedIn() who: SignedInPerson,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<PageAnswer> {
    const frame = await this.frames.of(request);
    const page = ConfirmationPage({
      ...{ frame, section: 'sessions', title: frame.words.say('accountSessions.askAll') },
      ...{ effect: frame.words.say('accountSessions.effect'), confirm: frame.words.say('accountSessions.confirm') },
      ...{ action: this.at(OTHERS), csrfToken: this.browser.csrfToken(request, reply, purposeOf(who, '')) },
    });
    return new PageAnswer(page);
  }

  /** Ends every session but the one of this browser. */
  @Post('other-sessions')
  @HttpCode(200)
  @ApiAccountForm('End all other sessions', 'Every session but that of this browser ends at once, with the tokens that were granted in it.')
  async endAll(@SignedIn() who: SignedInPerson, @SentForm() form: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    this.browser.checkCsrf(request, form, purposeOf(who, ''));
    const others = (await this.sessions.list(who)).filter(({ sid }) => sid !== who.session.sid);
    await this.sessions.end(who, others, request.ip);
    return new RedirectAnswer(withDone(this.at(LIST), 'sessions'));
  }

  /** @param path below the web root */
  private at(path: string): string {
    return `${this.config.webRoot}${path}`;
  }

  private pathOf(sid: string): string {
    return this.at(`${LIST}/${sid}`);
  }

  private listed({ sid, userAgent, address, authTime, lastSeenAt }: Session, { session }: SignedInPerson): ListedSession {
    return { sid, userAgent, address, authTime, lastSeenAt, href: sid === session.sid ? null : this.pathOf(sid) };
  }
}

/** Ties a form to the session it names, and to the person who was asked. */
function purposeOf({ person }: SignedInPerson, sid: string): string {
  return `account-sessions ${person.subject} ${sid}`;
}
