import { Injectable, Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { checkCodeVerifier } from '../../protocol/authorization/code-challenge.js';
import { checkRedirectUriOfExchange } from '../../protocol/authorization/redirect-target.js';
import { HINTS } from '../../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { joinScope } from '../../protocol/scope/scope-set.js';
import type { Client } from '../../clients/client.entity.js';
import { ConsentsService } from '../../consents/consents.service.js';
import { Clock } from '../../platform/ambient/clock.js';
import { Config } from '../../platform/config/config.js';
import { Transactions, type Transaction } from '../../platform/database/transactions.js';
import { PeopleService } from '../../sign-in/people.service.js';
import { AuthorizationCodesService } from '../authorization-codes.service.js';
import { EhrAuthorizationCodes } from '../ehr-authorization-codes.service.js';
import { isEhrOpaqueToken } from '../ehr-sealed-members.js';
import { type GrantFacts, type IssuableGrant, type Issued, OvertakenError } from '../issuable-grant.js';
import { consentSession } from '../consent-session.js';
import type { RedeemableCode } from '../redeemable-code.js';
import { TokenAudit } from '../token-audit.js';
import { TokenRecords } from '../token-records.service.js';
import { Grant } from './grant.js';
import { TokenRequest } from './token-request.js';

export class AuthorizationCodeTokenRequest extends TokenRequest {
  @ApiProperty({ enum: ['authorization_code'], description: 'RFC 6749 §4.1.3' })
  grant_type!: string;

  @ApiProperty({ example: 'q4V8SHlJmqqfLCBNWJqXKQO7Z3sCH0rVtOo8kkRyE3Y', description: 'The code; good once, within a minute' })
  @IsString({ message: 'code is missing' })
  code!: string;

  @ApiProperty({
    required: false,
    example: 'https://app.example/callback',
    description: 'As sent to the authorization endpoint; left out if it was left out there',
  })
  @IsOptional()
  @IsString()
  redirect_uri?: string;

  @ApiProperty({
    required: false,
    example: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    description: 'RFC 7636 §4.5: 43 to 128 characters',
  })
  @IsOptional()
  @IsString()
  code_verifier?: string;
}

/**
 * Authorization code grant: a code is good once, for its client, for a minute. A second use ends everything that the first one issued.
 * A try by another client leaves the code as it was; a wrong try by its own client uses it up, so that nothing can be guessed.
 * @see RFC 6749 §4.1.2, §4.1.3; RFC 7636 §4.6
 */
@Injectable()
export class AuthorizationCodeGrant extends Grant<AuthorizationCodeTokenRequest> {
  static readonly grantType = 'authorization_code';
  static readonly impliedBy: readonly string[] = [];
  static readonly Request = AuthorizationCodeTokenRequest;
  static readonly example = {
    grant_type: 'authorization_code',
    code: 'q4V8SHlJmqqfLCBNWJqXKQO7Z3sCH0rVtOo8kkRyE3Y',
    redirect_uri: 'https://app.example/callback',
    code_verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
    client_id: 'demo-public-client-00000000000000000000000001',
  };

  private readonly logger = new Logger('AuthorizationCodeGrant');

  constructor(
    private readonly codes: AuthorizationCodesService,
    private readonly ehrCodes: EhrAuthorizationCodes,
    private readonly records: TokenRecords,
    private readonly consents: ConsentsService,
    private readonly people: PeopleService,
    private readonly audit: TokenAudit,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {
    super();
  }

  async redeem(request: AuthorizationCodeTokenRequest, client: Client, address: string): Promise<IssuableGrant> {
    const code = await this.find(request.code);
    if (code === null || code.clientId !== client.clientId) {
      const which = code === null ? { detail: 'unknown' } : { detail: 'of another client', hint: HINTS.codeOfOther };
      throw new OAuthError('invalid_grant', 'the code is not valid', which);
    }
    if (code.usedAt !== null) return this.refuseReuse(code, address); // RFC 6749 §4.1.2
    if (code.expiresAt <= this.clock.now()) {
      throw new OAuthError('invalid_grant', 'the code has expired', { detail: 'expired', hint: HINTS.codeExpired });
    }
    await this.checkPresentation(request, code, client, address);
    const person = await this.people.find(code.subject);
    if (person === null || !person.isActive) {
      throw new OAuthError('invalid_grant', 'the account of the person who allowed this is no longer active');
    }
    const session = consentSession({ site: this.config.site, code, clientRole: client.role, patientNumber: person.patientNumber });
    return {
      grant: grantOf(code),
      scope: code.scope,
      nonce: code.nonce,
      claims: person.claims,
      recipient: person,
      claim: (tx, issued) => this.claim(tx, issued, code, session),
    };
  }

  /** Codes of the EHR's own server are longer than ours. */
  private find(text: string): Promise<RedeemableCode | null> {
    return isEhrOpaqueToken(text) ? this.ehrCodes.find(text) : this.codes.find(text);
  }

  private async claim(tx: Transaction, issued: Issued, code: RedeemableCode, sessionCache: object): Promise<void> {
    if (!(await this.consume(tx, code))) throw new OvertakenError();
    const { clientId, subject, isRemembered } = code;
    await this.consents.write(tx, {
      clientId,
      subject,
      scope: joinScope(code.requestedScope),
      isRemembered,
      ...(code.ofEhr && { allowedScope: joinScope(code.scope) }), // the EHR remembers whatever was allowed
      sessionCache,
      grantType: AuthorizationCodeGrant.grantType,
    });
    await this.records.beginGrant(tx, grantOf(code), issued);
  }

  /** Whoever presents a code must know where it was sent to, and the secret behind its challenge. One try. */
  private async checkPresentation(
    request: AuthorizationCodeTokenRequest,
    code: RedeemableCode,
    client: Client,
    address: string,
  ): Promise<void> {
    try {
      if (code.ofEhr) checkBinding(code.ofEhr.challengeMethod, client);
      checkRedirectUriOfExchange(request.redirect_uri, { redirectUri: code.redirectUri, redirectUriSent: code.redirectUriWasSent }); // RFC 6749 §4.1.3
      checkCodeVerifier(request.code_verifier, code.codeChallenge); // RFC 7636 §4.6
    } catch (error) {
      if (!(await this.spoil(code))) await this.endGrant((await this.find(request.code)) ?? code, address);
      throw error;
    }
  }

  private consume(tx: Transaction, code: RedeemableCode): Promise<boolean> {
    return code.ofEhr ? this.ehrCodes.adopt(tx, code) : this.codes.consume(tx, code.codeHash);
  }

  private spoil(code: RedeemableCode): Promise<boolean> {
    return code.ofEhr ? this.transactions.run((tx) => this.ehrCodes.adopt(tx, code)) : this.codes.spoil(code.codeHash);
  }

  private async refuseReuse(code: RedeemableCode, address: string): Promise<never> {
    await this.endGrant(code, address);
    throw new OAuthError('invalid_grant', 'the code has been used before', { detail: 'used', hint: HINTS.codeUsed });
  }

  private async endGrant(code: RedeemableCode, address: string): Promise<void> {
    const isNews = await this.transactions.run((tx) => this.records.endGrant(tx, code.grantId));
    this.logger.warn({ event: isNews ? 'code reused, grant ended' : 'code reused', clientId: code.clientId, grantId: code.grantId });
    if (isNews) await this.audit.codeReused(code, address);
  }
}

/**
 * The EHR takes `plain`, and public clients without a challenge; the authorization endpoint here lets neither through.
 * @param method of the code's challenge; null without one
 * @throws OAuthError invalid_grant
 * @see RFC 9700 §2.1.1
 */
function checkBinding(method: string | null, { isConfidential }: Pick<Client, 'isConfidential'>): void {
  if (method === null ? isConfidential : method === 'S256') return;
  throw new OAuthError('invalid_grant', 'the code was not bound to its app with S256 when it was issued');
}

function grantOf(code: RedeemableCode): GrantFacts {
  const { grantId: id, clientId, subject, role, scope, sid, authTime, amr, acr, launchContext } = code;
  return { id, clientId, subject, role, grantType: AuthorizationCodeGrant.grantType, scope, sid, authTime, amr, acr, launchContext };
}
