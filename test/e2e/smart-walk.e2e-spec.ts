import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readProjectFile } from '../support/source-files.js';
import { startServer, type TestServer } from '../support/start-server.js';

const run = promisify(execFile);
const DOCUMENT = readProjectFile('docs/smart.md');

/** A block of shell, by its mark. */
function block(name: string): string {
  return new RegExp(`^<!-- walk: ${name} -->\\n\`\`\`sh\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(DOCUMENT)?.[1] ?? 'exit 9';
}

describe('The registrations in docs/smart.md', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer();
  });

  afterAll(() => server.stop());

  it.each([
    ['register-browser', 'none', 1],
    ['register-mobile', 'none', 1],
    ['register-server', 'client_secret_basic', 1],
    ['register-chart', 'none', 0],
  ])('%s: a client that proves itself by %s, and may be used at once: %i', async (name, method, isEnabled) => {
    const { stdout } = await run('bash', ['-euc', block(name)], { env: { ...process.env, CHARTKEY: server.issuer } });
    const client = JSON.parse(stdout) as Record<string, string>;
    expect(client).toMatchObject({ client_id: expect.any(String), token_endpoint_auth_method: method });
    expect(client['client_secret'] ?? '').toMatch(method === 'none' ? /^$/ : /^[\w-]{86}$/);
    const [row] = await server.database.query<Array<Record<string, unknown>>>('SELECT is_enabled FROM oauth_clients WHERE client_id = ?', [
      client['client_id'],
    ]);
    expect(Number(row?.['is_enabled'])).toBe(isEnabled);
  });
});
