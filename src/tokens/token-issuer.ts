import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { ehrClaims } from '../protocol/compatibility/ehr-claims.js';
import { ehrScopeText } from '../protocol/compatibility/ehr-scope-text.js';
import { refreshTokenEnd } from '../protocol/token/refresh-token-end.js';
import { selectClaims } from '../protocol/scope/claims-of-scope.js';
import { accessTokenClaims, accessTokenHeader } from '../protocol/token/access-token.js';
import { idTokenClaims } from '../protocol/token/id-token.js';
import { numericDate } from '../protocol/token/numeric-date.js';
import { type TokenResponse, tokenResponse } from '../protocol/token/token-response.js';
import { Compatibility } from '../clients/compatibility.js';
import { Clock } from '../platform/ambient/clock.js';
import { Random } from '../platform/ambient/random.js';
import type { AuditEntry } from '../platform/audit/audit-event.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { Config } from '../platform/config/config.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { SigningKeysService } from '../signing-keys/signing-keys.service.js';
import type { FreshRefreshToken } from './fresh-refresh-token.js';
import type { GrantFacts, IssuableGrant, Issued } from './issuable-grant.js';
import { RefreshTokens } from './refresh-tokens.service.js';
import { TokenRecords } from './token-records.service.js';

/** 80 hex digits, as long as the identifiers of the EHR's own tokens. */
const TOKEN_ID_BYTES = 40;
const ALGORITHM = 'RS256';

interface SignedTokens {
  readonly accessToken: string;
  readonly idToken: string | null;
}

/** Turns what may be issued into tokens: signed, stored, and told to the client. */
@Injectable()
export class TokenIssuer {
  constructor(
    private readonly signer: JwtSigner,
    private readonly keys: SigningKeysService,
    private readonly refreshTokens: RefreshTokens,
    private readonly records: TokenRecords,
    private readonly compatibility: Compatibility,
    private readonly audit: AuditService,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly config: Config,
  ) {}

  /**
   * Uses up the grant, stores its tokens and writes the audit log in one transaction: all of it happens or nothing. Signing goes on beside it.
   * A refresh token is handed out with the scope offline_access only, and lasts at least as long as the access token.
   * @throws OvertakenError when another request used the grant first; OAuthError temporarily_unavailable
   */
  async issue(issuable: IssuableGrant, entry: AuditEntry | null): Promise<TokenResponse> {
    const lifetime = issuable.lifetime ?? this.config.accessTokenLifetime;
    const { issued, refreshToken } = await this.describe(issuable.grant, lifetime);
    const rows = await this.records.rowsOf(issuable, issued);
    const [{ accessToken, idToken }] = await Promise.all([
      this.sign(issuable, issued, lifetime),
      this.audit.runRecorded(entry, async (tx) => {
        await issuable.claim(tx, issued);
        await this.records.insert(tx, rows);
      }),
    ]);
    return tokenResponse({
      idToken,
      accessToken,
      context: issuable.grant.launchContext,
      scope: await this.toldScope(issuable),
      lifetime,
      refreshToken: refreshToken?.text ?? null,
    });
  }

  private async describe(grant: GrantFacts, lifetime: number): Promise<{ issued: Issued; refreshToken: FreshRefreshToken | null }> {
    const issuedAt = this.clock.now();
    const accessEnd = numericDate(issuedAt) + lifetime;
    const refreshEnd = refreshTokenEnd(grant, numericDate(issuedAt), this.config);
    const isRefreshable = refreshEnd !== null;
    const expiresAt = new Date(Math.max(accessEnd, refreshEnd ?? 0) * 1000);
    const jti = this.random.hex(TOKEN_ID_BYTES);
    const refreshToken = isRefreshable ? await this.refreshTokens.draw({ ...grant, jti, expiresAt }) : null;
    const { identifier: refreshIdentifier, sealedHash } = refreshToken ?? { identifier: null, sealedHash: null };
    return {
      issued: { jti, issuedAt, accessExpiresAt: new Date(accessEnd * 1000), refreshIdentifier, sealedHash, expiresAt },
      refreshToken,
    };
  }

  private async sign(issuable: IssuableGrant, { jti, issuedAt }: Issued, lifetime: number): Promise<SignedTokens> {
    const { grant, scope, nonce, claims } = issuable;
    const { clientId, subject, authTime, acr, amr } = grant;
    const { issuer, site } = this.config;
    const shared = { issuer, clientId, subject, issuedAt, lifetime, authTime, acr, amr };
    const accessToken = await this.signer.sign(
      accessTokenClaims({ ...shared, site, tokenId: jti, scope }),
      accessTokenHeader(ALGORITHM, this.keys.keyId),
    );
    if (!scope.includes('openid')) return { accessToken, idToken: null }; // OIDC Core §3.1.2.1
    const userClaims = await this.toldClaims(clientId, selectClaims(claims, scope), scope);
    const idToken = await this.signer.sign(
      idTokenClaims({ ...shared, nonce, sessionId: grant.sid, accessToken, algorithm: ALGORITHM, userClaims }),
    );
    return { accessToken, idToken };
  }

  /** The scopes that the answer names: all, but for clients that need it as the EHR has it. */
  private async toldScope({ grant, scope }: IssuableGrant): Promise<readonly string[]> {
    const told = ehrScopeText(scope);
    if (told.length === scope.length || !(await this.compatibility.apply('ehr-scope-text', grant.clientId))) return scope;
    return told;
  }

  /** The claims about the person: those that are known, but for clients that need them as the EHR has them. */
  private async toldClaims(clientId: string, claims: Record<string, unknown>, scope: readonly string[]): Promise<Record<string, unknown>> {
    const told = ehrClaims(claims, scope);
    if (isDeepStrictEqual(told, claims) || !(await this.compatibility.apply('ehr-claims', clientId))) return claims;
    return told;
  }
}
