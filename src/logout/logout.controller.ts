import { Controller, Get, HttpCode, Logger, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { Access, ForPeople } from '../platform/web/access.js';
import { PageAnswer, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { SentForm, SentQuery } from '../platform/web/sent.decorator.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { decideLogout, type LogoutDecision } from '../protocol/logout/logout-request.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { Session } from '../sessions/session.entity.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { PeopleService } from '../sign-in/people.service.js';
import { LogoutAudit } from './logout-audit.js';
import { ApiLogoutAnswers, ApiLogoutForm, ApiLogoutQuery } from './logout.openapi.js';
import { type LogoutRequest, LogoutService, type TrustedUser } from './logout.service.js';
import { LogoutPage } from './logout.view.js';
import { SignedOutPage } from './signed-out.view.js';

/** Ties the CSRF token to the form of the confirmation page. */
const PURPOSE = 'logout';

/** Parameters of the request that the confirmation page carries: it is proven again when the person has decided. */
const CARRIED = ['id_token_hint', 'client_id', 'post_logout_redirect_uri', 'state'] as const;

const DESCRIPTION =
  'With an `id_token_hint` of this browser’s session everything ends at once: the session, the consent of its client, and every token that ' +
  'client has of the person. Otherwise the person is asked first. `post_logout_redirect_uri` is followed only when it is registered ' +
  'character by character. OIDC RP-Initiated Logout §2, §3';

type Answer = PageAnswer | RedirectAnswer;

/** Ends a session, and what a client has of the person. @see OIDC RP-Initiated Logout */
@ApiTags('OpenID Connect')
@Controller('logout')
export class LogoutController {
  private readonly logger = new Logger('Logout');

  constructor(
    private readonly logouts: LogoutService,
    private readonly sessions: SessionsService,
    private readonly audit: LogoutAudit,
    private readonly people: PeopleService,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly config: Config,
  ) {}

  @Get()
  @ForPeople()
  @Access('public')
  @ApiOperation({ summary: 'Sign a person out', description: DESCRIPTION })
  @ApiLogoutQuery()
  @ApiLogoutAnswers()
  get(
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return this.receive(query, request, reply);
  }

  @Post()
  @HttpCode(200)
  @ForPeople()
  @Access('public')
  @ApiOperation({ summary: 'Sign a person out, with the parameters as a form', description: DESCRIPTION })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiLogoutForm()
  @ApiLogoutAnswers()
  post(@SentForm() form: SentParameters, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Answer> {
    return this.receive(form, request, reply);
  }

  @Post('confirm')
  @HttpCode(200)
  @ForPeople()
  @Access('public')
  @ApiTags('Sign-in pages')
  @ApiOperation({
    summary: 'The answer of the confirmation page',
    description: 'Sent by our own page only (CSRF token). OIDC RP-Initiated Logout §2',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiLogoutForm('decision')
  @ApiLogoutAnswers()
  async confirm(
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    this.browser.checkCsrf(request, form, PURPOSE);
    const isAgreed = isSignOut(form);
    const logout = await this.logouts.prove(form);
    const session = await this.sessions.find(request);
    const decision = decisionOf(logout, session);
    if (!isAgreed) return this.lastPage('stayed', request);
    if (session !== null) await this.sessions.endHere(request, reply);
    // Whoever is signed in here has agreed: the client that asked loses them, with a hint or without.
    const agreed = logout.client !== null && session !== null ? [{ clientId: logout.client.clientId, subject: session.subject }] : [];
    const ended = await this.logouts.end({
      trustedUsers: [...trustedUsers(decision), ...agreed],
      sessionWithTokens: session?.sid ?? null,
      sessions: namedBy(logout),
    });
    await this.audit.record({ session, trustedUsers: ended }, request.ip);
    return this.leave(logout, decision, request);
  }

  private async receive(parameters: SentParameters, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const logout = await this.logouts.prove(parameters);
    const session = await this.sessions.find(request);
    const decision = decisionOf(logout, session);
    if (decision.needsConfirmation) return this.ask(parameters, { logout, session, decision }, request, reply);
    if (session !== null) await this.sessions.endHere(request, reply);
    const sessions = [...namedBy(logout), ...(session === null ? [] : [session.sid])];
    const ended = await this.logouts.end({ trustedUsers: trustedUsers(decision), sessionWithTokens: null, sessions });
    await this.audit.record({ session, trustedUsers: ended }, request.ip);
    return this.leave(logout, decision, request);
  }

  private async ask(
    parameters: SentParameters,
    { logout, session, decision }: { logout: LogoutRequest; session: Session | null; decision: LogoutDecision },
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<PageAnswer> {
    const carried = Object.fromEntries(CARRIED.flatMap((name) => carriedField(parameters, name)));
    const here = `/${this.config.prefix}/logout?${new URLSearchParams(carried)}`; // the same question by GET, however it came
    const page = LogoutPage({
      frame: await this.frames.of(request, { here }),
      csrfToken: this.browser.csrfToken(request, reply, PURPOSE),
      action: `/${this.config.prefix}/logout/confirm`,
      carried,
      app: logout.client && { name: logout.client.name },
      person: session && { displayName: (await this.people.find(session.subject))?.displayName ?? session.username },
    });
    return new PageAnswer(page, { formTargets: decision.redirectTo === null ? [] : [decision.redirectTo] });
  }

  private leave(
    { sent, hint, client }: LogoutRequest,
    { redirectTo, redirectRefusal }: LogoutDecision,
    request: FastifyRequest,
  ): Promise<Answer> | Answer {
    this.logger.log({ event: 'logout', clientId: client?.clientId ?? sent.clientId, byHint: hint !== null, redirectRefusal });
    return redirectTo === null ? this.lastPage('signedOut', request) : new RedirectAnswer(redirectTo);
  }

  private async lastPage(outcome: 'signedOut' | 'stayed', request: FastifyRequest): Promise<PageAnswer> {
    const homeHref = `${this.config.webRoot}/`;
    const frame = await this.frames.of(request, { here: homeHref }); // this page cannot be asked for again
    return new PageAnswer(SignedOutPage({ frame, outcome, homeHref }));
  }
}

function decisionOf({ sent, hint, client }: LogoutRequest, session: Session | null): LogoutDecision {
  return decideLogout(sent, hint, client, session && { subject: session.subject, sessionId: session.sid });
}

function trustedUsers({ trustedUser }: LogoutDecision): TrustedUser[] {
  return trustedUser === null ? [] : [trustedUser];
}

function namedBy({ hint }: LogoutRequest): string[] {
  return hint === null || hint.sessionId === null ? [] : [hint.sessionId];
}

function carriedField(parameters: SentParameters, name: (typeof CARRIED)[number]): Array<[string, string]> {
  const value = parameters.one(name);
  return value === undefined ? [] : [[name, value]];
}

/** @throws OAuthError invalid_request when neither button was pressed */
function isSignOut(form: SentParameters): boolean {
  const decision = form.one('decision');
  if (decision === 'sign_out') return true;
  if (decision === 'stay') return false;
  throw new OAuthError('invalid_request', 'decision must be sign_out or stay');
}
