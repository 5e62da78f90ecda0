import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readServerSettings, readSettings } from './settings.js';

describe('the settings of a command', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-settings-'));
  const envFile = join(folder, '.env');
  beforeAll(() => writeFileSync(envFile, 'SITE=north\nPORT=4005\n'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('come from .env, and the environment wins', () => {
    expect(readSettings({}, join(folder, 'missing')).site).toBe('default');
    expect(readSettings({ PORT: '4006' }, envFile)).toMatchObject({ site: 'north', port: 4006 });
  });

  it('of a server name the port that was found for port 0', async () => {
    const { port, issuer } = await readServerSettings({ PORT: '0' }, envFile);
    expect(port).toBeGreaterThan(0);
    expect(issuer).toBe(`http://localhost:${port}/oauth2/north`);
  });
});
