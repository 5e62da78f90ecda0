import { createServer } from 'node:net';

/**
 * Finds a port that nobody listens on just now. The settings need its number before the server has one: the issuer names it.
 * @param host address on which it will be listened
 */
export function findFreePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
