import { Injectable } from '@nestjs/common';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import type { TokenResponse } from '../protocol/token/token-response.js';
import { ClientAssertions } from '../clients/client-assertions.js';
import type { Client } from '../clients/client.entity.js';
import { Compatibility } from '../clients/compatibility.js';
import { TokenErrorWords } from '../clients/token-error-words.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { validateForm } from '../platform/web/validate-form.js';
import type { GrantType } from './grants/grant.js';
import { GrantRegistry, isRegisteredFor } from './grants/grant-registry.js';
import { isOffered } from './grants/offered-grants.js';
import { OvertakenError } from './issuable-grant.js';
import { TokenAudit } from './token-audit.js';
import { TokenCounters } from './token-counters.js';
import { TokenIssuer } from './token-issuer.js';

/** How often a request that was overtaken is judged anew; more than two happens only where many share one refresh token. */
const ATTEMPTS = 5;
const RETRY_AFTER = 1;

/** The token endpoint: finds the grant, redeems it, issues. */
@Injectable()
export class TokenService {
  constructor(
    private readonly grants: GrantRegistry,
    private readonly issuer: TokenIssuer,
    private readonly audit: TokenAudit,
    private readonly compatibility: Compatibility,
    private readonly words: TokenErrorWords,
    private readonly settings: GlobalSettings,
    private readonly counters: TokenCounters,
    private readonly assertions: ClientAssertions,
  ) {}

  /**
   * Exchanges a grant for tokens. A request that another one overtook is judged again, by what the grant has become.
   * @param form the token request
   * @param client proven and enabled
   * @param address IP address of the client
   * @throws OAuthError as RFC 6749 §5.2 has it
   * @see RFC 6749 §3.2, §5
   */
  async exchange(form: SentParameters, client: Client, address: string): Promise<TokenResponse> {
    try {
      return await this.redeem(form, client, address);
    } catch (error) {
      const refusal: unknown = await this.assertions.settle(client).then(
        () => error, // an assertion is used up by a request that is refused, too
        (other: unknown) => other,
      );
      this.counters.countRefusal(form.all('grant_type')[0], refusal);
      throw await this.words.reword(refusal, form.all('grant_type')[0], client.clientId);
    }
  }

  private async redeem(form: SentParameters, client: Client, address: string): Promise<TokenResponse> {
    const { type, grant } = this.grants.get(form.one('grant_type'));
    await this.checkRegistered(client, type);
    if (!isOffered(type, await this.settings.read())) {
      throw new OAuthError('unsupported_grant_type', `the grant type ${type.grantType} is switched off here`); // RFC 6749 §5.2
    }
    const request = validateForm(type.Request, form);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const issuable = await grant.redeem(request, client, address);
      try {
        const response = await this.issuer.issue(issuable, this.audit.issuance(issuable, address));
        this.assertions.markSpent(client);
        this.counters.countIssue(type.grantType);
        return response;
      } catch (error) {
        if (!(error instanceof OvertakenError)) throw error;
      }
    }
    throw new OAuthError('temporarily_unavailable', 'too many requests use this grant at once', { retryAfter: RETRY_AFTER });
  }

  /** @throws OAuthError unauthorized_client */
  private async checkRegistered(client: Client, type: GrantType): Promise<void> {
    if (isRegisteredFor(client, type) || (await this.compatibility.apply('unregistered-grants', client.clientId))) return;
    throw new OAuthError('unauthorized_client', `this client is not registered for the grant type ${type.grantType}`, {
      hint: `Grant type ${type.grantType} is not registered for this client.`,
    }); // RFC 6749 §5.2
  }
}
