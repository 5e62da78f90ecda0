import { type JsonAnswer, postForm, registerClient } from './oauth-client.js';
import { setGlobal } from './set-global.js';
import { type AssertionOptions, presenting, SigningKey } from './signing-key.js';
import type { TestServer } from './start-server.js';

export const SERVICE_SCOPE = 'system/Patient.rs system/Observation.rs';

/** A program without a user: registered with keys, approved, on an EHR that lets such programs be. */
export class BackendService {
  constructor(
    readonly server: TestServer,
    readonly clientId: string,
    readonly key: SigningKey,
  ) {}

  /** A good assertion, changed as the test needs it. */
  assertion(options: AssertionOptions = {}, key = this.key, audience = `${this.server.issuer}/token`): Promise<string> {
    return key.assertion(this.clientId, audience, this.server.clock.now(), options);
  }

  /** Asks for a token. @param more form fields; undefined leaves one out @param at another replica, or another endpoint */
  async ask(
    more: Readonly<Record<string, string | undefined>> = {},
    assertion?: string,
    at = `${this.server.issuer}/token`,
  ): Promise<JsonAnswer> {
    const proof = presenting(assertion ?? (await this.assertion()));
    return postForm(at, { grant_type: 'client_credentials', scope: SERVICE_SCOPE, ...proof, ...more });
  }

  /** Sends a token to introspect or revoke. */
  async about(endpoint: 'introspect' | 'revoke', token: unknown): Promise<JsonAnswer> {
    return postForm(`${this.server.issuer}/${endpoint}`, { token: String(token), ...presenting(await this.assertion()) });
  }

  introspect(token: unknown): Promise<JsonAnswer> {
    return this.about('introspect', token);
  }
}

/** Lets programs be, and registers and approves one. @param metadata over that of a service with `key`; `isApproved` false leaves it waiting */
export async function backendService(
  server: TestServer,
  {
    algorithm = 'ES384',
    metadata = {},
    isApproved = true,
  }: { algorithm?: string; metadata?: Record<string, unknown>; isApproved?: boolean } = {},
): Promise<BackendService> {
  await setGlobal(server, 'rest_system_scopes_api', '1');
  const key = await SigningKey.make(algorithm);
  const { clientId } = await registerClient(server, {
    client_name: 'Example service',
    redirect_uris: undefined,
    post_logout_redirect_uris: undefined,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['client_credentials'],
    scope: SERVICE_SCOPE,
    ...('jwks_uri' in metadata ? {} : { jwks: { keys: [key.jwk] } }),
    ...metadata,
  });
  if (isApproved) await server.database.query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [clientId]);
  return new BackendService(server, clientId, key);
}
