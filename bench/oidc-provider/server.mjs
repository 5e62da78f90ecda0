/** `oidc-provider`, which people would pick instead. Its environment: `PORT`, `SETUP` (JSON of lay.mjs), and `DATABASE_URL` if it keeps its records there. */
import { createServer } from 'node:http';
import Provider from 'oidc-provider';
import { makeConfiguration } from './configuration.mjs';
import { makeInteractions } from './interactions.mjs';
import { makeMariadbStore } from './mariadb-store.mjs';
import { makeMemoryStore } from './memory-store.mjs';

const { DATABASE_URL, PORT, SETUP } = process.env;
const { jwks, clients, people } = JSON.parse(SETUP);
const store = DATABASE_URL === undefined ? makeMemoryStore({ clients, people }) : makeMariadbStore(DATABASE_URL);
const provider = new Provider(`http://localhost:${PORT}`, makeConfiguration(store, jwks));
provider.use(makeInteractions(provider, store));
provider.on('server_error', (_ctx, error) => console.error(error));

const server = createServer(provider.callback()).listen(Number(PORT), '127.0.0.1');
process.once('SIGTERM', () => {
  server.close(() => void store.close());
  server.closeAllConnections();
});
