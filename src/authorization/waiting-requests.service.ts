import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Client } from '../clients/client.entity.js';
import { ClientsService } from '../clients/clients.service.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { PageAnswer, PageInstead, RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import type { PageFrame } from '../platform/web/page-frame.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { isOwnRequest } from '../protocol/authorization/own-request.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { nextStep, type StepName } from '../protocol/interaction/steps.js';
import { FactsService, type KnownFacts } from './facts.service.js';
import type { Interaction } from './interaction.entity.js';
import { InteractionsService } from './interactions.service.js';
import { AlreadyAnsweredPage } from './steps/already-answered.view.js';
import { ExpiredPage } from './steps/expired.view.js';
import { extensionPath, extensionPurpose, restartPurpose, resumePath, stepPath } from './steps/pages.js';
import { formTargets, requestingApp } from './steps/requesting-app.js';

/** What the endpoints and pages of this module answer. */
export type Answer = PageAnswer | RedirectAnswer;

/** A request that waits, with all that is known about it at this moment. */
export interface Waiting extends KnownFacts {
  readonly interaction: Interaction;
  /** null for a request of our own. */
  readonly client: Client | null;
  /** Of the page that answers: in the language of the request's person. */
  readonly frame: PageFrame;
  /** The step that is to be taken next; null when the request can be answered. */
  readonly next: StepName | null;
}

/** Looks at waiting requests: for the authorization endpoint, and for the page of each step. */
@Injectable()
export class WaitingRequests {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly clients: ClientsService,
    private readonly facts: FactsService,
    private readonly browser: Browser,
    private readonly frames: PageFrames,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * The waiting request that a page of this browser speaks of.
   * @param id of the interaction
   * @throws OAuthError invalid_request: no such request for this browser; unauthorized_client: the client was switched off meanwhile
   */
  async get(id: string, request: FastifyRequest): Promise<Waiting> {
    const browserHash = this.browser.findHash(request);
    return this.look(await this.orExpired(this.interactions.get(id, browserHash), id, request), request);
  }

  /**
   * The interaction that is being looked for; the page on which an expired one can be started again takes the place of its error.
   * @param found of `InteractionsService`
   * @throws PageInstead, or what `found` throws
   */
  orExpired(found: Promise<Interaction>, id: string, request: FastifyRequest): Promise<Interaction> {
    return found.catch(async (error: unknown) => {
      const expired = error instanceof OAuthError ? await this.interactions.findExpired(id, this.browser.findHash(request)) : null;
      if (expired === null) throw error;
      const page = ExpiredPage({
        frame: await this.frameOf(expired, request),
        csrfToken: this.browser.knownCsrfToken(request, restartPurpose(id)),
        action: resumePath(this.config.prefix, id),
      });
      throw new PageInstead(
        new PageAnswer(page, { status: 400, formTargets: formTargets(expired.request.target.redirectUri) }),
        error as OAuthError,
      );
    });
  }

  /**
   * What is known about a request at this moment.
   * @throws OAuthError unauthorized_client when the client was switched off meanwhile
   */
  async look(interaction: Interaction, request: FastifyRequest): Promise<Waiting> {
    const client = isOwnRequest(interaction) ? null : await this.getEnabled(interaction.clientId);
    const known = await this.facts.gather(interaction, client, request);
    const frame = { ...(await this.frameOf(interaction, request)), expiry: this.expiryOf(interaction, request) };
    return { ...known, interaction, client, frame, next: nextStep(known.facts, this.clock.now()) };
  }

  /**
   * What the page of a step shows when it is not its turn: the person used the back button, or a second tab was quicker.
   * @returns null when the step is the next one
   */
  divert(waiting: Waiting, step: StepName): Answer | null {
    if (waiting.interaction.answeredAt !== null) return this.alreadyAnswered(waiting);
    return waiting.next === step ? null : this.resume(waiting);
  }

  /** Says calmly that there is nothing left to do here; from a request of our own, the page that was wanted says it better. */
  alreadyAnswered({ client, interaction, frame: around }: Waiting): Answer {
    if (client === null) return new RedirectAnswer(interaction.request.target.redirectUri);
    const frame = { ...around, expiry: null };
    const app = requestingApp(client, interaction.request.target.redirectUri);
    return new PageAnswer(AlreadyAnsweredPage({ frame, app }));
  }

  private frameOf({ request: { prompt }, createdAt }: Interaction, request: FastifyRequest): Promise<PageFrame> {
    return this.frames.of(request, { waiting: { uiLocales: prompt.uiLocales, since: createdAt } });
  }

  private expiryOf({ id, expiresAt }: Interaction, request: FastifyRequest): PageFrame['expiry'] {
    const seconds = Math.round((expiresAt.getTime() - this.clock.now().getTime()) / 1000);
    const href = extensionPath(this.config.prefix, id);
    return { seconds, href, token: this.browser.knownCsrfToken(request, extensionPurpose(id)) };
  }

  /** The person turns back: access_denied goes to the client. */
  async decline(waiting: Waiting): Promise<RedirectAnswer> {
    await this.interactions.recordDeclined(waiting.interaction.id);
    return this.resume(waiting);
  }

  /** To the authorization endpoint, where the steps are asked again. */
  resume({ interaction }: Waiting): RedirectAnswer {
    return new RedirectAnswer(resumePath(this.config.prefix, interaction.id));
  }

  /** To the page of a step. */
  toPage(interaction: Interaction, step: StepName): RedirectAnswer {
    return new RedirectAnswer(this.pathOf(interaction, step));
  }

  /** Where the page of a step is, and where its form goes. */
  pathOf(interaction: Interaction, step: StepName): string {
    return stepPath(step, this.config.prefix, interaction.id);
  }

  private async getEnabled(clientId: string): Promise<Client> {
    const client = await this.clients.find(clientId);
    if (client?.isEnabled === true) return client;
    throw new OAuthError('unauthorized_client', 'this application cannot be used at the moment', {
      detail: 'client is not enabled any more',
    });
  }
}
