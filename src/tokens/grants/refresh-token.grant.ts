import { Injectable, Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { HINTS } from '../../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { decideScopes, grantedBy } from '../../protocol/scope/scope-decision.js';
import { ScopeIndex } from '../../protocol/scope/scope-index.js';
import { parseScope } from '../../protocol/scope/scope-set.js';
import { isOpenedBy } from '../../protocol/scope/smart-scope.js';
import { decideRefresh, type RefreshDecision } from '../../protocol/token/refresh-rotation.js';
import type { Client } from '../../clients/client.entity.js';
import { Clock } from '../../platform/ambient/clock.js';
import { Config } from '../../platform/config/config.js';
import { Transactions } from '../../platform/database/transactions.js';
import { PeopleService } from '../../sign-in/people.service.js';
import type { IssuableGrant } from '../issuable-grant.js';
import { PresentedRefreshTokens } from '../presented-refresh-tokens.service.js';
import type { RefreshState } from '../refresh-state.query.js';
import { RefreshTokens } from '../refresh-tokens.service.js';
import { TokenAudit } from '../token-audit.js';
import { TokenRecords } from '../token-records.service.js';
import { Grant } from './grant.js';
import { TokenRequest } from './token-request.js';

export class RefreshTokenRequest extends TokenRequest {
  @ApiProperty({ enum: ['refresh_token'], description: 'RFC 6749 §6' })
  grant_type!: string;

  @ApiProperty({ example: 'g0Zk1uVh0R2mYkzqg1wJx1cJX7mX0v5o8m3jqk1s0dYbTqzPzr6cWA', description: 'The newest one of its family' })
  @IsString({ message: 'refresh_token is missing' })
  refresh_token!: string;

  @ApiProperty({ required: false, example: 'openid fhirUser', description: 'Fewer scopes for this access token; the grant keeps them all' })
  @IsOptional()
  @IsString()
  scope?: string;
}

/**
 * Refresh token grant: each use exchanges the token for a successor, which is good for the full lifetime again, as the EHR has it. A
 * token that was exchanged before is in two hands, and ends its whole family.
 * @see RFC 6749 §6; RFC 9700 §4.14.2; OIDC Core §12
 */
@Injectable()
export class RefreshTokenGrant extends Grant<RefreshTokenRequest> {
  static readonly grantType = 'refresh_token';
  /** As in the EHR: whoever may obtain a refresh token may use it. */
  static readonly impliedBy: readonly string[] = ['authorization_code', 'password'];
  static readonly Request = RefreshTokenRequest;
  static readonly example = {
    grant_type: 'refresh_token',
    refresh_token: 'g0Zk1uVh0R2mYkzqg1wJx1cJX7mX0v5o8m3jqk1s0dYbTqzPzr6cWA',
    client_id: 'demo-public-client-00000000000000000000000001',
  };

  private readonly logger = new Logger('RefreshTokenGrant');

  constructor(
    private readonly refreshTokens: RefreshTokens,
    private readonly presented: PresentedRefreshTokens,
    private readonly records: TokenRecords,
    private readonly people: PeopleService,
    private readonly audit: TokenAudit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
  }

  async redeem(request: RefreshTokenRequest, client: Client, address: string): Promise<IssuableGrant> {
    const state = await this.presented.find(request.refresh_token, client);
    if (state === null || state.grant.clientId !== client.clientId) {
      const [detail, hint] = state === null ? ['unknown', HINTS.refreshTokenUnknown] : ['of another client', HINTS.refreshTokenOfOther];
      throw new OAuthError('invalid_grant', 'the refresh token is not valid', { detail, hint });
    }
    const decision = decideRefresh(
      {
        expiresAt: state.expiresAt,
        revoked: state.isEnded || (state.isRevoked && state.rotatedAt === null), // a rotation marks the row as well
        rotatedAt: state.rotatedAt,
        successorUsed: state.successor === null || state.successor.isRotated,
      },
      this.clock.now(),
      this.config.refreshGrace,
    );
    if (decision !== 'rotate' && decision !== 'retry') return this.refuse(decision, state, address);
    const scope = checkNarrowedScope(request.scope, stillRegistered(state.grant.scope, client));
    const person = await (state.person ? this.people.ofRecords(state.person) : this.people.find(state.grant.subject));
    if (person === null || !person.isActive) {
      throw new OAuthError('invalid_grant', 'the account of the person who allowed this is no longer active');
    }
    return {
      grant: state.grant,
      scope,
      nonce: null,
      claims: person.claims,
      claim: (tx, issued) =>
        decision === 'rotate' ? this.refreshTokens.rotate(tx, state, issued) : this.refreshTokens.replaceSuccessor(tx, state, issued),
    };
  }

  private async refuse(decision: Exclude<RefreshDecision, 'rotate' | 'retry'>, state: RefreshState, address: string): Promise<never> {
    if (decision === 'expired') {
      throw new OAuthError('invalid_grant', 'the refresh token has expired', { detail: 'expired', hint: HINTS.refreshTokenExpired });
    }
    if (decision === 'reuse') {
      await this.transactions.run((tx) => this.records.endGrant(tx, state.grant.id));
      const { id: grantId, clientId } = state.grant;
      this.logger.warn({ event: 'refresh token reused, grant ended', clientId, grantId });
      await this.audit.refreshTokenReused(state.grant, address);
    }
    throw new OAuthError('invalid_grant', 'the refresh token has been revoked', { detail: decision, hint: HINTS.refreshTokenRevoked });
  }
}

/**
 * @param sent parameter `scope`; undefined asks for everything
 * @param granted what the grant allows and the client is still registered for
 * @returns as sent, or in the order of the grant
 * @throws OAuthError invalid_scope when it asks for more; invalid_grant when there is nothing left to ask for
 * @see RFC 6749 §6
 */
function checkNarrowedScope(sent: string | undefined, granted: readonly string[]): readonly string[] {
  if (granted.length === 0) throw new OAuthError('invalid_grant', 'the client is no longer registered for anything this grant allowed');
  if (sent === undefined) return granted;
  const wanted = parseScope(sent);
  if (wanted.length > 0 && wanted.every((scope) => isOpenedBy(granted, scope))) return wanted;
  throw new OAuthError('invalid_scope', 'scope may name only what the refresh token was granted');
}

/** What of a grant the client is still registered for. */
function stillRegistered(granted: readonly string[], client: Client): readonly string[] {
  const ground = { supported: new ScopeIndex(granted), registered: new ScopeIndex(client.scope), role: null };
  return grantedBy(decideScopes(granted, ground));
}
