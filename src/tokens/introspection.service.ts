import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { type EhrIntrospectionResponse, ehrIntrospectionResponse } from '../protocol/compatibility/ehr-introspection.js';
import { checkPresentedCredentials } from '../protocol/client/presented-credentials.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import { type IntrospectedToken, introspectionResponse, type IntrospectionResponse } from '../protocol/token/introspection-response.js';
import { ClientAuthentication, namedClient } from '../clients/client-authentication.js';
import type { Client } from '../clients/client.entity.js';
import { Compatibility } from '../clients/compatibility.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { PeopleService } from '../sign-in/people.service.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { findAccessToken, type GenuineAccessToken } from './genuine-access-token.js';
import { isJwtShaped } from './jwt-shape.js';
import { RefreshTokens } from './refresh-tokens.service.js';
import { getAccessTokenState } from './token-state.query.js';

/** Answers how tokens stand, to the clients that hold them. */
@Injectable()
export class IntrospectionService {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly authentication: ClientAuthentication,
    private readonly compatibility: Compatibility,
    private readonly refreshTokens: RefreshTokens,
    private readonly people: PeopleService,
    private readonly signer: JwtSigner,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  /**
   * A client that does not prove itself learns as little as one that asks about another's token; what cannot be read is refused.
   * `token_type_hint` is not needed: the two kinds of tokens do not look alike.
   * @param authorization value of the Authorization header; undefined without one
   * @param admit is asked once the client is proven; what it throws is thrown on
   * @throws OAuthError invalid_request when a parameter is missing or repeated, or a signature fails; invalid_client for a broken Basic header
   * @see RFC 7662 §2
   */
  async introspect(
    form: SentParameters,
    authorization: string | undefined,
    admit: (client: Client) => void = () => undefined,
  ): Promise<IntrospectionResponse | EhrIntrospectionResponse> {
    const now = this.clock.now();
    const named = namedClient(form, authorization);
    try {
      const token = await this.ask(form, authorization, admit);
      const [ours, ehr] = [introspectionResponse(token, now), ehrIntrospectionResponse(token, now)];
      const isWanted = !isSaidAlike(ours, ehr) && (await this.compatibility.applyToNamed('ehr-introspection', named));
      return isWanted ? ehr : ours;
    } catch (error) {
      if (!(error instanceof OAuthError) || error.code === 'temporarily_unavailable' || error.status >= 500) throw error;
      if (await this.compatibility.applyToNamed('ehr-introspection', named)) return ehrIntrospectionResponse(null, now);
      throw error;
    }
  }

  private async ask(
    form: SentParameters,
    authorization: string | undefined,
    admit: (client: Client) => void,
  ): Promise<IntrospectedToken | null> {
    const token = form.one('token');
    if (token === undefined) throw new OAuthError('invalid_request', 'token is missing'); // RFC 7662 §2.1
    form.one('token_type_hint'); // may not be repeated
    const client = await this.findClient(form, authorization);
    if (client === null) return null;
    admit(client);
    return this.findToken(token, client);
  }

  private async findClient(form: SentParameters, authorization: string | undefined): Promise<Client | null> {
    checkSomebodyAsks(form, authorization);
    try {
      return await this.authentication.authenticate(form, authorization, { path: new URL(`${this.config.issuer}/introspect`).pathname });
    } catch (error) {
      if (error instanceof OAuthError && ['invalid_client', 'unauthorized_client'].includes(error.code)) return null;
      throw error;
    }
  }

  private async findToken(token: string, client: Client): Promise<IntrospectedToken | null> {
    if (!isJwtShaped(token)) return this.findRefreshToken(token, client);
    const claims = await this.signer.verify(token);
    if (claims === null) throw new OAuthError('invalid_request', 'the signature of the token is not valid');
    const accessToken = findAccessToken(claims);
    return accessToken?.clientId === client.clientId ? this.describe(accessToken) : null;
  }

  private async describe(token: GenuineAccessToken): Promise<IntrospectedToken> {
    const { tokenId, clientId, subject, scope, issuedAt, expiresAt, issuer, authentication } = token;
    const { isRevoked, context } = await getAccessTokenState(this.source, token);
    const fhirUser = scope.includes('fhirUser') ? await this.findFhirUser(subject) : null;
    const accessToken = { tokenId, issuedAt, audience: [clientId], issuer, authentication, context, fhirUser };
    return { clientId, subject, scope, expiresAt, isRevoked, accessToken };
  }

  private async findFhirUser(subject: string): Promise<string | null> {
    const fhirUser = (await this.people.find(subject))?.claims['fhirUser'];
    return typeof fhirUser === 'string' ? fhirUser : null;
  }

  private async findRefreshToken(token: string, client: Client): Promise<IntrospectedToken | null> {
    const state = await this.refreshTokens.find(token);
    if (state?.grant.clientId !== client.clientId) return null;
    const { clientId, subject, scope } = state.grant;
    return { clientId, subject, scope, expiresAt: state.expiresAt, isRevoked: state.isEnded || state.isRevoked, accessToken: null };
  }
}

/**
 * Whether the credentials can be read at all; they are proven afterwards.
 * @throws OAuthError invalid_request when nobody is named or they contradict each other; invalid_client when the Basic header is broken
 */
function checkSomebodyAsks(form: SentParameters, authorization: string | undefined): void {
  const isBasic = /^\s*basic\b/i.test(authorization ?? '');
  const assertion = form.one('client_assertion');
  if (!isBasic && assertion === undefined && form.one('client_id') === undefined) {
    throw new OAuthError('invalid_request', 'client_id is missing');
  }
  checkPresentedCredentials(authorization, {
    client_id: form.one('client_id'),
    client_secret: form.one('client_secret'),
    client_assertion: assertion,
    client_assertion_type: form.one('client_assertion_type'),
  });
}

/** Whether the EHR's answer, without what it never had, says the same: of an active access token it does. */
function isSaidAlike(answer: IntrospectionResponse, ehr: EhrIntrospectionResponse): boolean {
  const { token_type: _type, iat: _issuedAt, auth_time: _authTime, acr: _acr, amr: _amr, ...ours } = answer;
  return isDeepStrictEqual({ ...ours }, { ...ehr });
}
