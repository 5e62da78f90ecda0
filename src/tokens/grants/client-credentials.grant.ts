import { Injectable, Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import { ClientAssertions } from '../../clients/client-assertions.js';
import type { Client } from '../../clients/client.entity.js';
import { ConsentsService } from '../../consents/consents.service.js';
import { Random } from '../../platform/ambient/random.js';
import { Config } from '../../platform/config/config.js';
import type { Globals } from '../../platform/ehr/global-settings.js';
import { checkRequestedScope } from '../../protocol/authorization/requested-scope.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { joinScope } from '../../protocol/scope/scope-set.js';
import { isReduced, reportScopes } from '../../protocol/scope/scope-report.js';
import { serverScopeIndex } from '../../protocol/scope/server-scopes.js';
import type { GrantFacts, IssuableGrant } from '../issuable-grant.js';
import { TokenRecords } from '../token-records.service.js';
import { Grant } from './grant.js';
import { SystemAccount } from './system-account.service.js';

const GRANT_ID_BYTES = 32;

/** It has no place for a secret: that would not be enough here. */
export class ClientCredentialsTokenRequest {
  @ApiProperty({ enum: ['client_credentials'], description: 'RFC 6749 §4.4.2' })
  grant_type!: string;

  @ApiProperty({ example: 'system/Patient.rs', description: '`system/` scopes that the client is registered for; others are left out' })
  @IsOptional()
  @IsString()
  scope?: string;

  @ApiProperty({ required: false, description: 'As in the assertion, which says it already (RFC 7521 §4.2)' })
  @IsOptional()
  @IsString()
  client_id?: string;

  @ApiProperty({ enum: ['urn:ietf:params:oauth:client-assertion-type:jwt-bearer'], description: 'RFC 7523 §2.2' })
  @IsString({ message: 'client_assertion_type is missing' })
  client_assertion_type!: string;

  /** The guard of the route has verified it: with an assertion in the form, no other proof is taken. */
  @ApiProperty({
    description:
      'A JWT signed by a key of the client, with iss and sub the client_id, aud this endpoint or the issuer, exp at most five minutes ' +
      'ahead, and a jti of its own (RFC 7523 §3)',
  })
  @IsString({ message: 'client_assertion is missing: this grant is for clients that sign (private_key_jwt)' })
  client_assertion!: string;
}

/**
 * Client credentials grant, for programs that act without a user: a back-end service of SMART. Only for a confidential client that signs, and
 * only for `system/` scopes, which the EHR's setting `rest_system_scopes_api` allows and an administrator has approved with the client.
 * @see RFC 6749 §4.4; SMART App Launch, Backend Services
 */
@Injectable()
export class ClientCredentialsGrant extends Grant<ClientCredentialsTokenRequest> {
  static readonly grantType = 'client_credentials';
  static readonly impliedBy: readonly string[] = [];
  static readonly Request = ClientCredentialsTokenRequest;
  static readonly example = {
    grant_type: 'client_credentials',
    scope: 'system/Patient.rs system/Observation.rs',
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: 'eyJhbGciOiJFUzM4NCIsImtpZCI6IjIwMjYtMDEifQ.eyJpc3MiOiJ…',
  };

  static isOffered(globals: Globals): boolean {
    return globals.text('rest_system_scopes_api') === '1'; // the EHR asks for this very text
  }

  private readonly logger = new Logger('ClientCredentialsGrant');

  constructor(
    private readonly assertions: ClientAssertions,
    private readonly account: SystemAccount,
    private readonly consents: ConsentsService,
    private readonly records: TokenRecords,
    private readonly random: Random,
    private readonly config: Config,
  ) {
    super();
  }

  async redeem({ scope: sent }: ClientCredentialsTokenRequest, client: Client): Promise<IssuableGrant> {
    const scope = this.checkScope(sent, client);
    const account = await this.account.get();
    const grant = this.begin(client, account.subject, scope);
    const trust = {
      clientId: client.clientId,
      subject: account.subject,
      scope: joinScope(scope),
      isRemembered: false,
      sessionCache: { site_id: this.config.site },
      grantType: ClientCredentialsGrant.grantType,
    };
    return {
      grant,
      scope,
      lifetime: this.config.backendTokenLifetime,
      nonce: null,
      claims: {},
      recipient: account,
      claim: async (tx, issued) => {
        await this.assertions.spend(tx, client);
        if (!(await this.consents.holds(tx, trust))) await this.consents.write(tx, trust);
        await this.records.beginGrant(tx, grant, issued);
      },
    };
  }

  /** Nobody has signed in whose own access it could be: only `system/` scopes. @throws OAuthError invalid_scope, also when nothing is left */
  private checkScope(sent: string | undefined, client: Client): readonly string[] {
    const scopes = serverScopeIndex({ site: this.config.site, systemScopes: true });
    const { granted, outcomes } = checkRequestedScope(new SentParameters([['scope', sent ?? '']]), client, { scopes }, 'system'); // RFC 6749 §3.3
    if (isReduced(outcomes)) this.logger.log({ event: 'scope reduced', clientId: client.clientId, ...reportScopes(outcomes) });
    return granted;
  }

  private begin({ clientId }: Client, subject: string, scope: readonly string[]): GrantFacts {
    return {
      id: this.random.token(GRANT_ID_BYTES),
      clientId,
      subject,
      role: 'system',
      grantType: ClientCredentialsGrant.grantType,
      scope: [...scope],
      sid: null,
      authTime: null,
      amr: [],
      acr: null,
      launchContext: {},
    };
  }
}
