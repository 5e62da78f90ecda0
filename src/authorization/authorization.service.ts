import { Injectable, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Client } from '../clients/client.entity.js';
import { ClientsService } from '../clients/clients.service.js';
import { Launches } from '../launch/launches.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Config } from '../platform/config/config.js';
import { PageAnswer, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { FormPostPage } from '../platform/web/form-post.view.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { type AuthorizationRequest, validate } from '../protocol/authorization/authorization-request.js';
import { authorizationResponse } from '../protocol/authorization/authorization-response.js';
import { type OwnPageWish, ownRequest } from '../protocol/authorization/own-request.js';
import { getClientId, SentRequest } from '../protocol/authorization/sent-request.js';
import { HINTS } from '../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { errorForPromptNone } from '../protocol/interaction/steps.js';
import type { Launch } from '../protocol/launch/launch.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import { reportScopes } from '../protocol/scope/scope-report.js';
import { joinScope } from '../protocol/scope/scope-set.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import type { ApprovedRequest } from '../tokens/approved-request.js';
import { AuthorizationCodesService } from '../tokens/authorization-codes.service.js';
import { approve } from './approval.js';
import type { Interaction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';
import { ServerPolicyService } from './server-policy.service.js';
import { AwaitingApprovalPage } from './steps/awaiting-approval.view.js';
import { resumePath } from './steps/pages.js';
import { formTargets, requestingApp } from './steps/requesting-app.js';
import { type Answer, type Waiting, WaitingRequests } from './waiting-requests.service.js';

const START_PAGE = '/';
const ACCOUNT_PAGE = '/account';

/** Leads an authorization request from its arrival to its answer. @see RFC 6749 §4.1 */
@Injectable()
export class AuthorizationService {
  private readonly logger = new Logger('Authorization');

  constructor(
    private readonly clients: ClientsService,
    private readonly policy: ServerPolicyService,
    private readonly signer: JwtSigner,
    private readonly interactions: InteractionsService,
    private readonly waitingRequests: WaitingRequests,
    private readonly launches: Launches,
    private readonly codes: AuthorizationCodesService,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly audit: AuditService,
    private readonly config: Config,
  ) {}

  /**
   * Receives a request by GET: answers it at once when there is nothing to ask, and otherwise opens the first page.
   * @throws OAuthError with target once redirect_uri is proven
   */
  receive(parameters: SentParameters, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    return this.proven(parameters, request, (draft) => this.begin(draft, request, reply));
  }

  /**
   * Receives a request by POST and lets the browser return by GET: what another site posts comes without the cookies that tell who is
   * signed in here.
   * @throws OAuthError with target once redirect_uri is proven
   */
  receivePosted(parameters: SentParameters, request: FastifyRequest): Promise<Answer> {
    return this.proven(parameters, request, async (draft) => {
      await this.interactions.store(draft, this.browser.findHash(request));
      return new RedirectAnswer(resumePath(this.config.prefix, draft.id));
    });
  }

  /**
   * Goes on with a request that waited: to the next page, or to the client, once.
   * @throws OAuthError invalid_request when it is not this browser's or has expired; with target when the client is told no
   */
  async resume(id: string, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const found = this.interactions.claim(id, this.browser.identify(request, reply));
    const interaction = await this.waitingRequests.orExpired(found, id, request);
    const waiting = await this.waitingRequests.look(interaction, request);
    if (interaction.answeredAt !== null) return this.waitingRequests.alreadyAnswered(waiting);
    if (isPageNeeded(waiting)) return this.waitingRequests.toPage(interaction, waiting.next);
    if (!(await this.interactions.answerOnce(id))) return this.waitingRequests.alreadyAnswered(waiting);
    return this.answer(waiting, request);
  }

  /** Leads somebody who wants a page of our own through the same steps, and back to that page. */
  enter(wish: OwnPageWish, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const draft = this.interactions.draft(ownRequest(wish, this.config.issuer), null);
    return this.begin(draft, request, reply);
  }

  private async begin(draft: Interaction, request: FastifyRequest, reply: FastifyReply): Promise<Answer> {
    const waiting = await this.waitingRequests.look(draft, request);
    if (!isPageNeeded(waiting)) return this.answer(waiting, request);
    await this.interactions.store(draft, this.browser.identify(request, reply));
    return this.waitingRequests.toPage(draft, waiting.next);
  }

  private async proven(
    parameters: SentParameters,
    request: FastifyRequest,
    goOn: (draft: Interaction) => Promise<Answer>,
  ): Promise<Answer> {
    const sent = new SentRequest(parameters);
    const client = await this.clients.find(getClientId(sent));
    const policy = await this.policy.read();
    const acrValues = client === null ? [] : await this.clients.defaultAcrValuesOf(client.clientId);
    let proven: AuthorizationRequest;
    try {
      proven = validate(sent, client, policy, { acrValues });
    } catch (error) {
      if (client && isAwaitingApproval(error)) return this.awaitingApproval(client, error, request);
      throw error;
    }
    const hinted = await this.expectedSubject(proven);
    const launch = await this.openLaunch(sent, proven);
    return goOn(this.interactions.draft({ ...proven, launch }, expectedOf(hinted, launch, proven)));
  }

  /** Whom the client expects to meet. The hint may have expired; it must be ours, and given to this client. OIDC Core §3.1.2.1 */
  private async expectedSubject({ prompt, clientId, target }: AuthorizationRequest): Promise<string | null> {
    if (prompt.idTokenHint === null) return null;
    const claims = await this.signer.verify(prompt.idTokenHint);
    const isForClient = [claims?.['aud']].flat().includes(clientId);
    const subject = claims?.['sub'];
    if (isForClient && typeof subject === 'string') return subject;
    const detail = claims === null ? 'signature of id_token_hint does not verify' : 'id_token_hint was given to another client';
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token of this server for this client', { detail, target });
  }

  /** After everything else has been proven: a launch that was made here is used up by it. SMART App Launch 2.2 §2.0.9 */
  private async openLaunch(sent: SentRequest, { clientId, target }: AuthorizationRequest): Promise<Launch | null> {
    const token = sent.one('launch');
    if (token === undefined) return null;
    const launch = await this.launches.open(token, clientId);
    if (launch !== null) return launch;
    const description =
      'launch was not made by this server for this app, has expired, or was used before: start the app again from the chart';
    throw new OAuthError('invalid_request', description, { hint: HINTS.launch, target });
  }

  private async awaitingApproval(client: Client, error: OAuthError, request: FastifyRequest): Promise<PageAnswer> {
    const { code, status, detail } = error;
    this.logger.warn({ requestId: request.id, error: code, detail, clientId: client.clientId });
    const page = AwaitingApprovalPage({
      frame: await this.frames.of(request),
      app: requestingApp(client, client.redirectUris[0]),
      clientId: client.clientId,
      referenceId: String(request.id),
    });
    return new PageAnswer(page, { status });
  }

  /** @throws OAuthError with target when the person declined, or would have to be asked and may not be */
  private async answer(waiting: Waiting, request: FastifyRequest): Promise<Answer> {
    const { interaction, client, frame, next } = waiting;
    const { target } = interaction.request;
    if (client === null) return new RedirectAnswer(this.ownPage(waiting));
    if (next !== null) throw errorForPromptNone(next).withTarget(target);
    const approval = await this.decided({ ...waiting, client }, request);
    const response = authorizationResponse(target, await this.codes.issue(approval));
    if (response.kind === 'redirect') return new RedirectAnswer(response.location);
    const { action, fields } = response.model;
    const page = FormPostPage({ frame: { ...frame, expiry: null }, action, appName: client.name, fields: Object.fromEntries(fields) });
    return new PageAnswer(page, { formTargets: formTargets(action) });
  }

  /** Where a request of our own leads: to the page that was wanted, or, for who turned back, to one that asks for less. */
  private ownPage({ interaction, facts, signedIn }: Waiting): string {
    if (facts.decision !== 'denied') return interaction.request.target.redirectUri;
    return `${this.config.webRoot}${signedIn === null ? START_PAGE : ACCOUNT_PAGE}`;
  }

  /** @throws OAuthError access_denied with target when the person declined */
  private async decided(
    waiting: Waiting & { readonly client: Client },
    { ip: address, id: requestId }: FastifyRequest,
  ): Promise<ApprovedRequest> {
    const { client, facts, patient, signedIn } = waiting;
    const event = 'consent';
    const by = {
      address,
      username: signedIn?.person.username,
      userId: signedIn?.person.userId,
      patientNumber: patient?.patientNumber ?? signedIn?.person.patientNumber ?? null,
    };
    try {
      const approval = approve(waiting);
      const how = wayOf(facts);
      const reason = `client ${client.clientId} ${how}: ${joinScope(approval.scope)}`;
      await this.audit.record({ ...by, event, success: true, reason });
      this.logger.log({
        event: 'scope decided',
        requestId,
        clientId: client.clientId,
        ...reportScopes(waiting.scopes),
        allowed: approval.scope,
      });
      return approval;
    } catch (error) {
      await this.audit.record({ ...by, event, success: false, reason: `client ${client.clientId} not allowed` });
      throw error;
    }
  }
}

/**
 * Whom the answer may be about: who the hint names, or for whom the app was started; never somebody else.
 * @throws OAuthError invalid_request when the two contradict each other
 */
function expectedOf(hinted: string | null, launch: Launch | null, { target }: AuthorizationRequest): string | null {
  const launched = launch?.subject ?? null;
  if (hinted === null || launched === null || hinted === launched) return hinted ?? launched;
  throw new OAuthError('invalid_request', 'id_token_hint and launch are about different people', { target });
}

/** Whether the person is to be asked, and may be. @see OIDC Core §3.1.2.1 */
function isPageNeeded(waiting: Waiting): waiting is Waiting & { readonly next: NonNullable<Waiting['next']> } {
  return waiting.next !== null && !waiting.interaction.request.prompt.values.includes('none');
}

/** For an auditor: how it came to be allowed. */
function wayOf({ decision, isConsentSkipped }: Waiting['facts']): string {
  if (decision !== null) return 'allowed';
  return isConsentSkipped ? 'let in from the chart without being asked about' : 'allowed as remembered';
}

/** Of the refusals for want of authorization, the one without a target says that the client as a whole is not enabled. */
function isAwaitingApproval(error: unknown): error is OAuthError {
  return error instanceof OAuthError && error.code === 'unauthorized_client' && error.target === undefined;
}
