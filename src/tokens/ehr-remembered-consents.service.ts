import { Injectable, Logger } from '@nestjs/common';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { coversScopes } from '../protocol/scope/scope-set.js';
import { ConsentsService } from '../consents/consents.service.js';
import { findEhrAuthorizationCode } from './ehr-authorization-code.js';
import { EhrOpaqueTokens } from './ehr-opaque-tokens.service.js';
import { isEhrOpaqueToken } from './ehr-sealed-members.js';

/**
 * What people asked the EHR's own server to remember. Its row says that they did, and what was asked for; what they allowed is in the
 * code that the row still holds, expired or not.
 */
@Injectable()
export class EhrRememberedConsents {
  private readonly logger = new Logger('EhrRememberedConsents');

  constructor(
    private readonly consents: ConsentsService,
    private readonly opaqueTokens: EhrOpaqueTokens,
  ) {}

  /**
   * Opens the code only where that can spare the person a question.
   * @param requested scopes of the request at hand
   * @returns the scopes that were allowed; null when nothing is remembered, or it cannot be told what: ask
   */
  async find(clientId: string, subject: string, requested: readonly string[]): Promise<readonly string[] | null> {
    const consent = await this.consents.find(clientId, subject);
    if (!consent?.isRemembered || consent.code === null || !isEhrOpaqueToken(consent.code)) return null;
    if (!coversScopes((consent.scope ?? '').split(' '), requested)) return null; // not even asked for there
    const members = await this.open(consent.code);
    const code = members && findEhrAuthorizationCode(members);
    return code?.clientId === clientId && code.subject === subject ? code.scope : null;
  }

  private async open(code: string): Promise<Readonly<Record<string, unknown>> | null> {
    try {
      return await this.opaqueTokens.open(code);
    } catch (error) {
      if (!(error instanceof OAuthError)) throw error;
      this.logger.warn({ detail: error.description }, 'a remembered consent could not be looked up: the person is asked');
      return null;
    }
  }
}
