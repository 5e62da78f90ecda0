import { createHash, randomBytes } from 'node:crypto';
import { type Answer, Browser, encodeForm } from './browser.js';
import type { TestServer } from './start-server.js';
import { CLINICIAN } from './people.js';

/** An answer in JSON. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown> & { error?: string; error_description?: string };
}

/** What the token endpoint answered. */
export interface Tokens {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  id_token?: string;
  refresh_token?: string;
}

type Address = Pick<TestServer, 'origin' | 'issuer'>;
type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

export const CALLBACK = 'https://app.example/callback';
export const SCOPE = 'openid profile email offline_access api:oemr user/Patient.read';

/** Sends a form to an endpoint of the server. */
export async function postForm(url: string, fields: Fields | string, headers: Record<string, string> = {}): Promise<JsonAnswer> {
  const body = typeof fields === 'string' ? fields : encodeForm(fields);
  const response = await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers } });
  return readJson(response);
}

export async function getJson(url: string, headers: Record<string, string> = {}): Promise<JsonAnswer> {
  return readJson(await fetch(url, { headers }));
}

export async function postJson(url: string, value: unknown, headers: Record<string, string> = {}): Promise<JsonAnswer> {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return readJson(await fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } }));
}

async function readJson(response: Response): Promise<JsonAnswer> {
  const text = await response.text();
  const body = text === '' ? {} : (JSON.parse(text) as JsonAnswer['body']);
  return { status: response.status, headers: response.headers, body };
}

/** A registered client and what it does. */
export class OAuthClient {
  readonly verifier = randomBytes(32).toString('base64url');

  constructor(
    readonly server: Address,
    readonly registration: Record<string, unknown> & { client_id: string; client_secret?: string },
  ) {}

  get clientId(): string {
    return this.registration.client_id;
  }

  /** Credentials as form fields. */
  get credentials(): Record<string, string> {
    const { client_id, client_secret } = this.registration;
    return client_secret === undefined ? { client_id } : { client_id, client_secret };
  }

  /** The Authorization header of client_secret_basic. RFC 6749 §2.3.1 */
  get basic(): Record<string, string> {
    const { client_id, client_secret = '' } = this.registration;
    return {
      authorization: `Basic ${Buffer.from(`${encodeURIComponent(client_id)}:${encodeURIComponent(client_secret)}`).toString('base64')}`,
    };
  }

  authorizeUrl(more: Fields = {}): string {
    const query = encodeForm({
      response_type: 'code',
      client_id: this.clientId,
      redirect_uri: CALLBACK,
      scope: SCOPE,
      state: 'the state',
      nonce: 'the nonce',
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...more,
    });
    return `${this.server.issuer}/authorize?${query}`;
  }

  /** Signs a person in, allows everything, and comes back with the query of the callback. */
  async authorize(
    more: Fields = {},
    person: SignInFields = CLINICIAN,
    browser = new Browser(this.server.origin),
  ): Promise<URLSearchParams> {
    return callbackOf(await allow(browser, await signIn(browser, await browser.open(this.authorizeUrl(more)), person)));
  }

  exchange(code: string | null, more: Fields = {}, headers: Record<string, string> = {}): Promise<JsonAnswer> {
    return postForm(
      `${this.server.issuer}/token`,
      {
        grant_type: 'authorization_code',
        code: code ?? '',
        redirect_uri: CALLBACK,
        code_verifier: this.verifier,
        ...this.credentials,
        ...more,
      },
      headers,
    );
  }

  /** The whole flow. */
  async tokens(more: Fields = {}, person: SignInFields = CLINICIAN, browser?: Browser): Promise<Tokens> {
    const callback = await this.authorize(more, person, browser);
    const answer = await this.exchange(callback.get('code'));
    if (answer.status !== 200) throw new Error(`no tokens: ${JSON.stringify(answer.body)}`);
    return answer.body as unknown as Tokens;
  }

  refresh(refreshToken: string | undefined, more: Fields = {}): Promise<JsonAnswer> {
    return postForm(`${this.server.issuer}/token`, {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      ...this.credentials,
      ...more,
    });
  }

  introspect(token: string | undefined, more: Fields = {}): Promise<JsonAnswer> {
    return postForm(`${this.server.issuer}/introspect`, { token, ...this.credentials, ...more });
  }

  revoke(token: string | undefined, more: Fields = {}): Promise<JsonAnswer> {
    return postForm(`${this.server.issuer}/revoke`, { token, ...this.credentials, ...more });
  }

  userinfo(accessToken: string): Promise<JsonAnswer> {
    return getJson(`${this.server.issuer}/userinfo`, { authorization: `Bearer ${accessToken}` });
  }
}

export interface SignInFields {
  readonly username: string;
  readonly password: string;
  readonly email?: string;
}

/** Fills in the sign-in page; patients have an e-mail address. */
export function signIn(browser: Browser, page: Answer, person: SignInFields): Promise<Answer> {
  const role = person.email === undefined ? 'users' : 'patient';
  return browser.submit(page, { username: person.username, password: person.password, email: person.email, user_role: role });
}

/** Allows everything on the consent page. */
export function allow(browser: Browser, page: Answer, more: Fields = {}): Promise<Answer> {
  return browser.submit(page, { decision: 'allow', ...more });
}

/** The members of the answer that the browser carried to the client. */
export function callbackOf(answer: Answer): URLSearchParams {
  if (answer.location === null || !answer.location.startsWith(CALLBACK)) {
    throw new Error(
      `not at the client but at ${answer.url} (${answer.status}, ${answer.location}): ${answer.text.replaceAll(/<[^>]+>/g, ' ').slice(0, 400)}`,
    );
  }
  return new URL(answer.location).searchParams;
}

/** Registers a client; `private` gets a secret. */
export async function registerClient(server: Address, metadata: Record<string, unknown> = {}): Promise<OAuthClient> {
  const answer = await postJson(`${server.issuer}/registration`, {
    application_type: 'private',
    client_name: 'Example app',
    redirect_uris: [CALLBACK],
    post_logout_redirect_uris: ['https://app.example/signed-out'],
    contacts: ['dev@app.example'],
    scope: SCOPE,
    ...metadata,
  });
  if (answer.status !== 201) throw new Error(`not registered: ${JSON.stringify(answer.body)}`);
  return new OAuthClient(server, answer.body as OAuthClient['registration']);
}

/** A confidential client that may be used at once, whatever its scopes: an administrator has approved it. */
export async function approvedClient(
  server: Address & Pick<TestServer, 'database'>,
  metadata: Record<string, unknown> = {},
): Promise<OAuthClient> {
  const client = await registerClient(server, metadata);
  await server.database.query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [client.clientId]);
  return client;
}

/** A public client. */
export function publicClient(server: Address, metadata: Record<string, unknown> = {}): Promise<OAuthClient> {
  return registerClient(server, {
    application_type: 'public',
    token_endpoint_auth_method: 'none',
    scope: 'openid profile offline_access api:fhir',
    ...metadata,
  });
}

/** Reads a JWT without verifying it. */
export function decodeJwt(token: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const [header, claims] = token
    .split('.', 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>);
  return { header: header ?? {}, claims: claims ?? {} };
}
