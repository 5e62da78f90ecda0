import type { CompatibilitySwitch } from '../../src/protocol/compatibility/switches.js';
import { decodeJwt, type JsonAnswer, type OAuthClient, postForm, postJson, type Tokens } from './oauth-client.js';
import { TOTP_DOCTOR } from './people.js';
import type { TestServer } from './start-server.js';

/** Everything the cases need. */
export const SCOPE = 'openid profile email address offline_access api:oemr user/Patient.read';
const PASSWORD_OF_ENROLLED = { username: TOTP_DOCTOR.username, password: TOTP_DOCTOR.password, user_role: 'users', scope: 'openid' };
/** The EHR's answer to a refresh token that nobody issued. */
export const REFRESH_ERROR = {
  error: 'invalid_request',
  error_description: 'The refresh token is invalid.',
  hint: 'Cannot decrypt the refresh token',
  message: 'The refresh token is invalid.',
};

/** Where a server is reached: replicas have one issuer. */
export type Address = Pick<TestServer, 'origin' | 'issuer' | 'database'>;

/** What a client sees of a switch: one request, and its answer without and with it. */
export interface Case {
  readonly name: CompatibilitySwitch;
  readonly ask: (at: Asking) => Promise<unknown>;
  readonly without: unknown;
  readonly with: unknown;
}

/** A server and its two clients. */
export interface Asking {
  readonly server: Address;
  /** Confidential; registered for codes, refresh tokens and passwords. */
  readonly client: OAuthClient;
  readonly open: OAuthClient;
  /** Of the confidential client; fresh for each question. */
  readonly tokens: Tokens;
}

const status = ({ status: code, body }: JsonAnswer): unknown[] => [code, body.error];
const token = ({ server }: Asking, fields: Record<string, string | undefined>): Promise<JsonAnswer> =>
  postForm(`${server.issuer}/token`, fields);

/** One for each switch, in the order of the table. */
export const CASES: readonly Case[] = [
  {
    name: 'token-without-secret',
    ask: async (at) => {
      const { client, tokens } = at;
      const refresh = { grant_type: 'refresh_token', client_id: client.clientId };
      const wrong = await token(at, { ...refresh, refresh_token: tokens.refresh_token, client_secret: 'wrong' });
      const none = await token(at, { ...refresh, refresh_token: tokens.refresh_token });
      const otherGrant = await token(at, { client_id: client.clientId, grant_type: 'client_credentials' });
      const revoked = await client.revoke(tokens.access_token, { client_secret: undefined });
      const asked = await client.introspect(tokens.access_token, { client_secret: undefined });
      return [status(wrong), status(none), otherGrant.status, status(revoked), asked.body['active']];
    },
    without: [[401, 'invalid_client'], [401, 'invalid_client'], 401, [401, 'invalid_client'], false],
    with: [[401, 'invalid_client'], [200, undefined], 401, [401, 'invalid_client'], false],
  },
  {
    name: 'public-client-secret',
    ask: async ({ open }) => [
      status(await open.refresh('unknown', { client_secret: 'made up' })),
      status(await open.refresh('unknown', { client_secret: '' })),
    ],
    without: [
      [401, 'invalid_client'],
      [400, 'invalid_grant'],
    ],
    with: [
      [400, 'invalid_grant'],
      [400, 'invalid_grant'],
    ],
  },
  {
    name: 'password-without-mfa-token',
    ask: async (at) => {
      const fields = { ...PASSWORD_OF_ENROLLED, grant_type: 'password', ...at.client.credentials };
      const { body, ...answer } = await token(at, fields);
      const idToken = body['id_token'];
      const amr = typeof idToken === 'string' ? decodeJwt(idToken).claims['amr'] : null;
      return [answer.status, body.error, amr, (await token(at, { ...fields, mfa_token: '12345' })).body.error];
    },
    without: [401, 'mfa_token_required', null, 'mfa_token_invalid'],
    with: [200, undefined, ['pwd'], 'mfa_token_invalid'],
  },
  {
    name: 'unregistered-grants',
    ask: async (at) => {
      const { client, server } = at;
      await server.database.query('UPDATE oauth_clients SET grant_types = ? WHERE client_id = ?', ['implicit', client.clientId]);
      const answer = await client.refresh(at.tokens.refresh_token);
      await server.database.query('UPDATE oauth_clients SET grant_types = ? WHERE client_id = ?', ['authorization_code', client.clientId]);
      return status(answer);
    },
    without: [400, 'unauthorized_client'],
    with: [200, undefined],
  },
  {
    name: 'ehr-token-errors',
    ask: async ({ client }) => {
      const refused = await client.refresh('unknown');
      const code = await client.exchange('unknown');
      const unproven = await client.exchange('unknown', { client_secret: 'wrong' });
      return [refused.status, refused.body, status(code), unproven.body];
    },
    without: [
      400,
      { error: 'invalid_grant', error_description: 'the refresh token is not valid' },
      [400, 'invalid_grant'],
      { error: 'invalid_client', error_description: 'Client authentication failed.' },
    ],
    with: [
      401,
      REFRESH_ERROR,
      [400, 'invalid_request'],
      { error: 'invalid_client', error_description: 'Client authentication failed', message: 'Client authentication failed' },
    ],
  },
  {
    name: 'ehr-scope-text',
    ask: async ({ client, tokens }) => {
      const { body } = await client.refresh(tokens.refresh_token);
      return [body['scope'], decodeJwt(String(body['access_token'])).claims['scope']];
    },
    without: [SCOPE, SCOPE],
    with: [SCOPE.replace(' api:oemr', ''), SCOPE],
  },
  {
    name: 'ehr-introspection',
    ask: async ({ client, tokens }) => {
      const answers = [
        await client.introspect(undefined),
        await client.introspect(`${tokens.access_token.slice(0, -8)}AAAAAAAA`),
        await client.introspect(tokens.access_token, { client_secret: 'wrong' }),
      ];
      const refreshScope = (await client.introspect(tokens.refresh_token)).body['scope'];
      return [...answers.map((answer) => [answer.status, answer.body.error ?? answer.body]), typeof refreshScope];
    },
    without: [[400, 'invalid_request'], [400, 'invalid_request'], [200, { active: false, status: 'invalid' }], 'string'],
    with: [[200, { active: false }], [200, { active: false }], [200, { active: false }], 'object'],
  },
  {
    name: 'ehr-claims',
    ask: async ({ client, tokens }) => {
      const { body } = await client.refresh(tokens.refresh_token);
      const { email_verified, locale, address, website } = decodeJwt(String(body['id_token'])).claims;
      return { email_verified, locale, address: typeof address, website };
    },
    without: { email_verified: false, locale: undefined, address: 'undefined', website: undefined },
    with: { email_verified: true, locale: 'US', address: 'string', website: '' },
  },
  {
    name: 'registration-200',
    ask: async ({ server }) => {
      const metadata = { client_name: 'App', redirect_uris: ['https://app.example/cb'], scope: 'openid' };
      const open = await postJson(`${server.issuer}/registration`, { ...metadata, application_type: 'public' });
      const closed = await postJson(`${server.issuer}/registration`, { ...metadata, application_type: 'private' });
      return [open.status, open.body['client_secret'], closed.status, String(closed.body['client_secret']).length];
    },
    without: [201, undefined, 201, 86],
    with: [200, '', 200, 86],
  },
  {
    name: 'any-origin',
    ask: async ({ server }) => {
      const { headers } = await fetch(`${server.issuer}/token`, { method: 'OPTIONS', headers: { origin: 'https://stranger.example' } });
      return [headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')];
    },
    without: [null, null],
    with: ['https://stranger.example', null],
  },
];
