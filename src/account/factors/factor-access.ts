import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { RedirectAnswer } from '../../platform/web/answers.js';
import { acrOf } from '../../protocol/token/acr.js';
import { FactorSetup } from '../../sign-in/factor-setup.service.js';
import { ownPageAddress } from '../../sign-in/own-page-address.js';
import type { SignedInPerson } from '../../sign-in/person.js';
import { SecondFactors } from '../../sign-in/second-factors.service.js';
import { ACCOUNT_SECTIONS } from '../account-layout.view.js';

/** Who may change second factors: whoever has shown one in this session, or has none. A remembered browser is not enough for that. */
@Injectable()
export class FactorAccess {
  constructor(
    private readonly secondFactors: SecondFactors,
    private readonly setup: FactorSetup,
    private readonly config: Config,
  ) {}

  /**
   * @param adding whether something is to be set up, which the clinic may have closed
   * @returns where the person is sent instead; null when they may
   */
  async detour({ person, session }: SignedInPerson, { adding = false } = {}): Promise<RedirectAnswer | null> {
    if (adding && !(await this.setup.isOffered(person))) return this.toList();
    if (acrOf(session.amr) === '2' || (await this.secondFactors.kindOf(person)) === 'none') return null;
    return new RedirectAnswer(ownPageAddress(this.config.prefix, { path: ACCOUNT_SECTIONS.factors, maxAge: 0 }));
  }

  /** Back to what the person has. */
  toList(): RedirectAnswer {
    return new RedirectAnswer(`${this.config.webRoot}${ACCOUNT_SECTIONS.factors}`);
  }
}

/** Ties a form, and the challenge of a key, to what it changes and to the session that was asked. */
export function changePurpose({ session }: SignedInPerson, what: string): string {
  return `factors ${session.sid} ${what}`;
}
