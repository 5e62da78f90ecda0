import { randomBytes, sign } from 'node:crypto';
import type { Clock } from '../../src/platform/ambient/clock.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { sealOpaqueToken } from '../../src/platform/ehr/defuse.js';
import { EhrSite } from '../../src/platform/ehr/ehr-site.js';
import type { TestServer } from './start-server.js';

/** What the EHR's own server puts into tokens and rows. Moments are epoch seconds, fractions included. */
export interface EhrIssue {
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  readonly issuedAt: number;
  readonly accessEnd: number;
  readonly refreshEnd: number;
  /** SMART context; PHP writes an empty one as a list. */
  readonly context: object;
  readonly grantType: string;
}

export interface EhrTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** `jti` of the access token: column api_token.token. */
  readonly jti: string;
  /** Column api_refresh_token.token. */
  readonly identifier: string;
  /** What is sealed in the refresh token. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** What the EHR's own server puts into a code and into the row beside it. */
export interface EhrCodeFacts {
  readonly clientId: string;
  readonly subject: string;
  readonly scopes: readonly string[];
  /** Epoch seconds. */
  readonly expiresAt: number;
  readonly redirectUri: string | null;
  readonly challenge: string | null;
  readonly method: string | null;
  /** What the person was asked for; usually what they allowed. */
  readonly requested: readonly string[];
  readonly isRemembered: boolean;
  /** More members of the session. */
  readonly session: Readonly<Record<string, unknown>>;
}

const MONTHS = 7_776_000;
const CODE_LIFETIME = 60;

/** What the EHR's own server shares with the one under test. */
export interface SharedWithEhr {
  readonly site: EhrSite;
  readonly clock: Pick<Clock, 'now'>;
  query(sql: string, values: unknown[]): Promise<Array<Record<string, unknown>>>;
}

/** Plays the EHR's own server: writes its tokens, and its rows as it writes them. */
export class EhrServer {
  private readonly site: EhrSite;

  constructor(private readonly shared: SharedWithEhr) {
    this.site = shared.site;
  }

  /** On the database of a test server. */
  static beside({ app, clock, database }: TestServer): EhrServer {
    return new EhrServer({ site: app.get(EhrSite), clock, query: (sql, values) => database.query(sql, values) });
  }

  /** What the columns `revoked` of the access token and of the refresh token hold. */
  async revoked({ jti, identifier }: Pick<EhrTokens, 'jti' | 'identifier'>): Promise<[number, number]> {
    const [access] = await this.shared.query('SELECT revoked FROM api_token WHERE token = ?', [jti]);
    const [refresh] = await this.shared.query('SELECT revoked FROM api_refresh_token WHERE token = ?', [identifier]);
    return [Number(access?.['revoked']), Number(refresh?.['revoked'])];
  }

  /** The answer of its token endpoint, after a code was exchanged there. */
  async issue(facts: Pick<EhrIssue, 'clientId' | 'subject' | 'scopes'> & Partial<EhrIssue>): Promise<EhrTokens> {
    const now = this.shared.clock.now().getTime() / 1000 - 5;
    const issue = {
      issuedAt: now + 0.123456,
      accessEnd: now + 3600.120011,
      refreshEnd: Math.floor(now) + MONTHS,
      context: [],
      grantType: 'authorization_code',
      ...facts,
    };
    const { clientId, subject, scopes, refreshEnd } = issue;
    const [jti, identifier] = [randomBytes(40).toString('hex'), randomBytes(40).toString('hex')];
    const members = {
      client_id: clientId,
      refresh_token_id: identifier,
      access_token_id: jti,
      scopes,
      user_id: subject,
      expire_time: refreshEnd,
    };
    await this.write(issue, jti, identifier);
    return { accessToken: this.signAccessToken(issue, jti), refreshToken: await this.seal(members), jti, identifier, members };
  }

  /** The answer of its authorization endpoint, after consent; as it does there, the code replaces an earlier one of the same two. */
  async issueCode(facts: Pick<EhrCodeFacts, 'clientId' | 'subject' | 'scopes' | 'redirectUri'> & Partial<EhrCodeFacts>): Promise<string> {
    const now = Math.floor(this.shared.clock.now().getTime() / 1000);
    const { clientId, subject, scopes, redirectUri, challenge = null, method = challenge && 'S256', isRemembered = false } = facts;
    const requested = (facts.requested ?? scopes).join(' ');
    const code = await this.seal({
      client_id: clientId,
      redirect_uri: redirectUri,
      auth_code_id: randomBytes(40).toString('hex'),
      scopes,
      user_id: subject,
      expire_time: facts.expiresAt ?? now + CODE_LIFETIME,
      code_challenge: challenge,
      code_challenge_method: method,
    });
    const session = { site_id: 'default', csrf: 'the state', scopes: requested, client_id: clientId, client_role: 'user', launch: null };
    const more = { redirect_uri: redirectUri, oauth2_in_progress: true, user_id: subject, persist_login: Number(isRemembered) };
    await this.shared.query('DELETE FROM oauth_trusted_user WHERE client_id = ? AND user_id = ?', [clientId, subject]);
    await this.shared.query(
      'INSERT INTO oauth_trusted_user (user_id, client_id, scope, persist_login, time, code, session_cache, grant_type) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      [
        ...[subject, clientId, requested, Number(isRemembered), wallClock(now), code],
        ...[phpJson({ ...session, ...more, ...facts.session }), 'authorization_code'],
      ],
    );
    return code;
  }

  /** Seals what a refresh token or a code holds, as PHP writes JSON. */
  seal(members: object): Promise<string> {
    return sealOpaqueToken(phpJson(members), this.site.oauthKeys.opaqueTokenPassword, new SystemRandom());
  }

  /** The rows of the EHR beside tokens: the trusted user, the access token, the refresh token. */
  async write(
    { clientId, subject, scopes, accessEnd, refreshEnd, context, grantType }: EhrIssue,
    jti: string,
    identifier: string,
  ): Promise<void> {
    const session = { site_id: 'default', csrf: 'the state', scopes: scopes.join(' '), client_id: clientId, user_id: subject };
    await this.shared.query('DELETE FROM oauth_trusted_user WHERE client_id = ? AND user_id = ?', [clientId, subject]);
    await this.shared.query(
      'INSERT INTO oauth_trusted_user (user_id, client_id, scope, persist_login, time, code, session_cache, grant_type) VALUES (?, ?, ?, 0, ?, ?, ?, ?)',
      [subject, clientId, scopes.join(' '), wallClock(accessEnd), 'def50200', phpJson(session), grantType],
    );
    await this.shared.query('INSERT INTO api_token (user_id, token, expiry, client_id, scope, context) VALUES (?, ?, ?, ?, ?, ?)', [
      subject,
      jti,
      wallClock(accessEnd),
      clientId,
      phpJson(scopes),
      phpJson(context),
    ]);
    await this.shared.query('INSERT INTO api_refresh_token (user_id, client_id, token, expiry, revoked) VALUES (?, ?, ?, ?, 0)', [
      subject,
      clientId,
      identifier,
      wallClock(refreshEnd),
    ]);
  }

  private signAccessToken({ clientId, subject, scopes, issuedAt, accessEnd }: EhrIssue, jti: string): string {
    const claims = { aud: clientId, jti, iat: issuedAt, nbf: issuedAt + 0.000014, exp: accessEnd, sub: subject, scopes };
    const input = [{ typ: 'JWT', alg: 'RS256' }, claims].map((part) => Buffer.from(phpJson(part)).toString('base64url')).join('.');
    return `${input}.${sign('sha256', Buffer.from(input), this.site.oauthKeys.privateKey).toString('base64url')}`;
  }
}

function phpJson(value: object): string {
  return JSON.stringify(value).replaceAll('/', '\\/');
}

/** The demo site's zone is UTC. */
function wallClock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}
