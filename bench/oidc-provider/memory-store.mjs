import MemoryAdapter from 'oidc-provider/lib/adapters/memory_adapter.js';
import LRU from 'oidc-provider/lib/helpers/lru.js';

/** The adapter forgets beyond a thousand entries, which a second of load makes: refresh tokens would be gone before their turn. */
const ENTRIES = 200_000;

/**
 * Keeps everything in the process, by oidc-provider's own in-memory adapter. Nothing outlives the process, and a second one knows nothing of it.
 * @param clients metadata of each
 * @param people `{ id, username, password, claims }` of each
 * @returns as `makeMariadbStore`
 */
export function makeMemoryStore({ clients, people }) {
  const storage = new LRU({ maxSize: ENTRIES });
  return {
    clients,
    adapter: (model) => new MemoryAdapter(model, storage),
    findAccount: async (id) => people.find((person) => person.id === id),
    findByUsername: async (username) => people.find((person) => person.username === username),
    recordSigned: async () => {},
    close: async () => {},
  };
}
