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
import { ClientMarks } from '../clients/client-marks.js';
import { Compatibility } from '../clients/compatibility.js';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import { PeopleService } from '../sign-in/people.service.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { type AccessTokenFacts, getAccessTokenFacts } from './access-token-facts.query.js';
import { findAccessToken, type GenuineAccessToken } from './genuine-access-token.js';
import { isJwtShaped } from './jwt-shape.js';
import type { PresentedRefreshToken } from './refresh-state.query.js';
import { RefreshTokens } from './refresh-tokens.service.js';

/** What a text turned out to be that was sent as a token. */
interface LookedUp {
  /** null where it is no JWT of ours. */
  readonly claims: Readonly<Record<string, unknown>> | null;
  readonly accessToken: GenuineAccessToken | null;
  readonly facts: AccessTokenFacts | null;
  /** Where it has the form of our refresh tokens. */
  readonly presented: PresentedRefreshToken | null;
}

/** Answers how tokens stand, to the clients that hold them. */
@Injectable()
export class IntrospectionService {
  constructor(
    @InjectDataSource() private readonly source: DataSource,
    private readonly authentication: ClientAuthentication,
    private readonly compatibility: Compatibility,
    private readonly marks: ClientMarks,
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
    checkSomebodyAsks(form, authorization);
    const asked = await this.lookUp(token, namedClient(form, authorization));
    const client = await this.findClient(form, authorization, asked.facts?.client ?? asked.presented?.client ?? null);
    if (client === null) return null;
    admit(client);
    if (!isJwtShaped(token)) return this.findRefreshToken(token, client, asked.presented);
    if (asked.claims === null) throw new OAuthError('invalid_request', 'the signature of the token is not valid');
    const { accessToken, facts } = asked;
    return accessToken && facts && (await this.mayLearn(client, accessToken, facts)) ? this.describe(accessToken, facts) : null;
  }

  /** Reads who asks together with what is asked about: nothing of it counts before the client is proven. */
  private async lookUp(token: string, named: string | null): Promise<LookedUp> {
    if (!isJwtShaped(token)) {
      const presented = named === null ? null : await this.refreshTokens.readWithClient(token, named);
      return { claims: null, accessToken: null, facts: null, presented };
    }
    const claims = await this.signer.verify(token);
    const accessToken = claims && findAccessToken(claims);
    if (!accessToken) return { claims, accessToken, facts: null, presented: null };
    const wanted = { ...(named === null ? {} : { clientId: named }), person: accessToken.scope.includes('fhirUser') };
    return { claims, accessToken, facts: await getAccessTokenFacts(this.source, accessToken, wanted), presented: null };
  }

  /** @param known a row that was read already, of one client or another */
  private async findClient(form: SentParameters, authorization: string | undefined, known: Client | null): Promise<Client | null> {
    try {
      return await this.authentication.authenticate(form, authorization, {
        path: new URL(`${this.config.issuer}/introspect`).pathname,
        known,
      });
    } catch (error) {
      if (error instanceof OAuthError && ['invalid_client', 'unauthorized_client'].includes(error.code)) return null;
      throw error;
    }
  }

  /**
   * Whether a client may learn how an access token stands: of its own ones, or as a resource server that an operator has marked. A public client
   * proves nothing, whatever it is marked as.
   * @see RFC 7662 §4
   */
  private async mayLearn(
    client: Client,
    token: GenuineAccessToken,
    { client: named, isResourceServer }: AccessTokenFacts,
  ): Promise<boolean> {
    if (token.clientId === client.clientId) return true;
    if (named?.clientId === client.clientId) return client.isConfidential && isResourceServer;
    return this.marks.has(client, 'resource-server'); // its assertion named it, and nothing else
  }

  private async describe(token: GenuineAccessToken, { state, person: records }: AccessTokenFacts): Promise<IntrospectedToken> {
    const { tokenId, clientId, subject, scope, issuedAt, expiresAt, issuer, authentication } = token;
    const { isRevoked, context } = state;
    const fhirUser = (records && (await this.people.ofRecords(records)))?.claims['fhirUser'];
    const accessToken = {
      tokenId,
      issuedAt,
      audience: [clientId],
      issuer,
      authentication,
      context,
      fhirUser: typeof fhirUser === 'string' ? fhirUser : null,
    };
    return { clientId, subject, scope, expiresAt, isRevoked, accessToken };
  }

  private async findRefreshToken(
    token: string,
    client: Client,
    presented: PresentedRefreshToken | null,
  ): Promise<IntrospectedToken | null> {
    const state = presented ? presented.state : await this.refreshTokens.find(token);
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
