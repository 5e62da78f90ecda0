import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Ended, ProgramSite } from '../support/program.js';

describe('The command line by itself', () => {
  let site: ProgramSite;

  beforeAll(async () => {
    site = await ProgramSite.create();
  });

  afterAll(() => site.close());

  it('prints the OpenAPI document and makes no database for it', async () => {
    const { status, stdout, stderr } = await site.run(['openapi']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const document = JSON.parse(stdout) as {
      openapi: string;
      paths: Record<string, object>;
    };
    expect(document.openapi).toMatch(/^3\./);
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/oauth2/default/token', '/oauth2/default/authorize']));
    expect(existsSync(join(site.folder, 'data'))).toBe(false);
  });

  it('takes migrations forth and back, and says which are pending', async () => {
    const before = await site.run(['migrate', 'status', '--json']);
    const { pending } = JSON.parse(before.stdout) as { pending: string[] };
    expect(before.status).toBe(1);
    expect(pending.length).toBeGreaterThanOrEqual(3);
    expect(await site.json(['migrate', 'up'])).toEqual({ executed: pending });
    expect(await site.json(['migrate', 'status'])).toEqual({
      executed: pending,
      pending: [],
    });
    expect(await site.run(['migrate', 'up'])).toMatchObject({
      status: 0,
      stdout: 'Nothing to do.\n',
    });
    expect(await site.json(['migrate', 'down'])).toEqual({
      reverted: pending.at(-1),
    });
    expect(await site.run(['migrate', 'status'])).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/Pending\n {2}\w+/),
    });
    expect((await site.run(['migrate', 'up'])).stdout).toContain(pending.at(-1));
  });

  it.each([
    [[], ['serve', 'clients', 'keys', 'migrate', 'openapi', 'cleanup']],
    [['serve'], ['--json']],
    [['clients'], ['list', 'show', 'create', 'compat', 'approve', 'disable', 'delete']],
    [
      ['clients', 'create'],
      ['--name', '--redirect-uri', '--json'],
    ],
    [
      ['clients', 'approve'],
      ['client_id', '--json'],
    ],
    [['keys'], ['list', 'export', 'import']],
    [
      ['keys', 'import'],
      ['--file', '--replace', '--json', 'CHARTKEY_BUNDLE_PASSPHRASE'],
    ],
    [['migrate'], ['up', 'down', 'status']],
    [['cleanup'], ['--json']],
  ])('helps with %j', async (words: string[], named) => {
    const { status, stdout, stderr } = await site.run([...words, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const name of named) expect(stdout).toContain(name);
  });

  it.each([
    ['an unknown command', ['dance']],
    ['an unknown option', ['cleanup', '--fast']],
    ['a missing argument', ['clients', 'approve']],
    ['a missing option', ['clients', 'create']],
    ['a missing file', ['keys', 'export']],
  ])('ends with 2 for %s and tells where help is', async (_, words) => {
    const ended: Ended = await site.run(words);
    expect(ended).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('--help'),
    });
  });

  it.each([
    ['clients', 'list'],
    ['migrate', 'status'],
    ['cleanup', '--json'],
  ])('ends `%s %s` with 2 when the settings are wrong', async (...words) => {
    const ended = await site.run(words, { PORT: 'many' });
    expect(ended).toMatchObject({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining('PORT'),
    });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });
});
