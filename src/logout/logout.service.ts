import { Injectable } from '@nestjs/common';
import { ClientsService } from '../clients/clients.service.js';
import type { Client } from '../clients/client.entity.js';
import { ConsentsService } from '../consents/consents.service.js';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { checkLogoutClientId, type LogoutHint, type SentLogoutRequest } from '../protocol/logout/logout-request.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import { SessionsService } from '../sessions/sessions.service.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { TokenRecords } from '../tokens/token-records.service.js';
import { findLogoutHint } from './logout-hint.js';

/** A logout request whose hint is proven and whose client is looked up. */
export interface LogoutRequest {
  readonly sent: SentLogoutRequest;
  readonly hint: LogoutHint | null;
  /** null when none is named, or when it is not registered. */
  readonly client: Client | null;
}

/** A client, and a person who allowed it something. */
export interface TrustedUser {
  readonly clientId: string;
  readonly subject: string;
}

/** What a logout ends. */
export interface Ending {
  /** Clients with a person each: what the person allowed the client, and every token it has of them. */
  readonly trustedUsers: readonly TrustedUser[];
  /** `sid` of a session of the browser whose tokens end with it, whichever client has them. */
  readonly sessionWithTokens: string | null;
  /** `sid` of sessions that end. */
  readonly sessions: readonly string[];
}

/** Proves logout requests, and ends what they decided to end. */
@Injectable()
export class LogoutService {
  constructor(
    private readonly clients: ClientsService,
    private readonly consents: ConsentsService,
    private readonly sessions: SessionsService,
    private readonly tokens: TokenRecords,
    private readonly signer: JwtSigner,
    private readonly transactions: Transactions,
    private readonly config: Config,
  ) {}

  /**
   * Proves what the parameters claim.
   * @throws OAuthError invalid_request: id_token_hint is not an ID token of this server, or is of another client than client_id
   * @see OIDC RP-Initiated Logout §2
   */
  async prove(parameters: SentParameters): Promise<LogoutRequest> {
    const sent: SentLogoutRequest = {
      clientId: parameters.one('client_id') ?? null,
      postLogoutRedirectUri: parameters.one('post_logout_redirect_uri') ?? null,
      state: parameters.one('state') ?? null,
    };
    const token = parameters.one('id_token_hint');
    const hint = token === undefined ? null : await this.proveHint(token);
    const clientId = checkLogoutClientId(sent, hint);
    return { sent, hint, client: clientId === null ? null : await this.clients.find(clientId) };
  }

  /**
   * Ends trust and tokens in one transaction, then the sessions: a failure in between leaves nothing that could get new tokens unasked.
   * @returns the trusted users that were one until now
   */
  async end({ trustedUsers, sessionWithTokens, sessions }: Ending): Promise<readonly TrustedUser[]> {
    const ended = await this.transactions.run(async (tx) => {
      const trusted: TrustedUser[] = [];
      for (const { clientId, subject } of trustedUsers) {
        if ((await this.consents.remove(tx, clientId, subject)) > 0) trusted.push({ clientId, subject });
        await this.tokens.endGrantsOf(tx, clientId, subject);
      }
      if (sessionWithTokens !== null) await this.tokens.endGrantsOfSession(tx, sessionWithTokens);
      for (const sid of new Set(sessions)) await this.tokens.endOnlineGrantsOfSession(tx, sid);
      return trusted;
    });
    for (const sid of new Set(sessions)) await this.sessions.end(sid);
    return ended;
  }

  private async proveHint(token: string): Promise<LogoutHint> {
    const claims = await this.signer.verify(token);
    const hint = claims === null ? null : findLogoutHint(claims, this.config.issuer);
    if (hint !== null) return hint;
    throw new OAuthError('invalid_request', 'id_token_hint is not an ID token of this server', {
      detail: claims === null ? 'signature of id_token_hint' : 'claims of id_token_hint',
    });
  }
}
