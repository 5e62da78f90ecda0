import { OAuthClient } from './oauth-client.js';
import type { TestServer } from './start-server.js';

/** Where a replica is reached: it goes by the public name of the server that it is a replica of. */
export function addressOf({ config }: Pick<TestServer, 'config'>): { origin: string; issuer: string } {
  const origin = `http://localhost:${config.port}`;
  return { origin, issuer: `${origin}/${config.prefix}` };
}

/** The same client, asking a replica. */
export function clientAt(replica: TestServer, client: OAuthClient): OAuthClient {
  return Object.assign(new OAuthClient(addressOf(replica), client.registration), { verifier: client.verifier });
}
