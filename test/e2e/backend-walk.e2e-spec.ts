import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const run = promisify(execFile);
const [, SECTION = ''] = /^## Backend services$([\s\S]*)/m.exec(readFileSync('docs/smart.md', 'utf8')) ?? [];

/** A block of shell, by its mark. */
function block(name: string): string {
  return new RegExp(`^<!-- walk: ${name} -->\\n\`\`\`sh\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(SECTION)?.[1] ?? 'exit 9';
}

describe('The requests of a backend service in docs/smart.md', () => {
  let server: TestServer;
  let folder: string;

  beforeAll(async () => {
    server = await startServer();
    await setGlobal(server, 'rest_system_scopes_api', '1');
    folder = mkdtempSync(join(tmpdir(), 'chartkey-service-'));
  });

  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const shell = async (name: string, env: Record<string, string> = {}): Promise<string> => {
    const { stdout } = await run('bash', ['-euc', block(name)], { cwd: folder, env: { ...process.env, CHARTKEY: server.issuer, ...env } });
    return stdout;
  };

  it('register it, and get it a token once it is approved', async () => {
    const clientId = /^CLIENT_ID=(.{43})$/m.exec(await shell('register'))?.[1] ?? '';
    expect(JSON.parse(await shell('token', { CLIENT_ID: clientId }))).toMatchObject({ error: 'unauthorized_client' });
    await server.database.query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [clientId]);
    expect(JSON.parse(await shell('token', { CLIENT_ID: clientId }))).toMatchObject({
      access_token: expect.any(String),
      token_type: 'Bearer',
      expires_in: 300,
      scope: 'system/Patient.rs',
    });
  });
});
