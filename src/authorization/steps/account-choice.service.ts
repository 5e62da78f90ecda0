import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Clock } from '../../platform/ambient/clock.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { Browser } from '../../platform/web/browser.js';
import { isChoiceOffered } from '../../protocol/interaction/steps.js';
import type { SentParameters } from '../../protocol/parameters/form.js';
import { ChooseAccountPage } from '../../sign-in/choose-account.view.js';
import { InteractionsService } from '../interactions.service.js';
import { type Waiting, WaitingRequests } from '../waiting-requests.service.js';
import { otherAccountPath } from './pages.js';
import { formTargets, requestingApp } from './requesting-app.js';

/** Lets whoever is signed in choose to go on as who they are, where a client asks for the choice. @see OIDC Core §3.1.2.1 */
@Injectable()
export class AccountChoice {
  constructor(
    private readonly waitingRequests: WaitingRequests,
    private readonly interactions: InteractionsService,
    private readonly browser: Browser,
    private readonly clock: Clock,
  ) {}

  isOffered({ facts, signedIn }: Waiting): boolean {
    return signedIn !== null && isChoiceOffered(facts, this.clock.now());
  }

  page(waiting: Waiting, request: FastifyRequest, reply: FastifyReply): PageAnswer {
    const { client, frame, interaction, signedIn } = waiting;
    const { redirectUri } = interaction.request.target;
    const path = this.waitingRequests.pathOf(interaction, 'sign-in');
    const page = ChooseAccountPage({
      frame,
      csrfToken: this.browser.csrfToken(request, reply, purposeOf(waiting)),
      action: `${path}/continue`,
      app: requestingApp(client, redirectUri),
      person: { displayName: signedIn?.person.displayName ?? '' },
      otherAccountHref: otherAccountPath(path),
    });
    return new PageAnswer(page, { formTargets: formTargets(redirectUri) });
  }

  /** @throws OAuthError access_denied when the form was not sent by the page, or named somebody else than who is signed in now */
  async take(waiting: Waiting, form: SentParameters, request: FastifyRequest): Promise<void> {
    this.browser.checkCsrf(request, form, purposeOf(waiting));
    const { interaction, signedIn } = waiting;
    if (form.one('cancel') !== undefined) await this.interactions.recordDeclined(interaction.id);
    else if (signedIn !== null) await this.interactions.recordChosenAccount(interaction.id, signedIn.session.sid);
  }
}

/** Ties a form to this request, and to the person whom its button names. */
function purposeOf({ interaction, signedIn }: Waiting): string {
  return `choose-account ${interaction.id} ${signedIn?.session.sid ?? ''}`;
}
