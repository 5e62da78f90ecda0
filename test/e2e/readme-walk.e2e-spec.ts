import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { decodeJwt, getJson } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { startServer, type TestServer } from '../support/start-server.js';

const run = promisify(execFile);

const [, WALK = ''] = /^## The whole flow with curl$([\s\S]*?)^## /m.exec(readFileSync('README.md', 'utf8')) ?? [];
const SHELL_FENCE = /^```sh$/gm;
const MARKED_BLOCK = /^<!-- walk -->\n```sh\n([\s\S]*?)^```$/gm;
const RESULTS = ['CLIENT_ID', 'STATE', 'NONCE', 'CALLBACK', 'ACCESS_TOKEN', 'REFRESH_TOKEN', 'ID_TOKEN'] as const;

interface Walked {
  /** What the walk printed, line by line. */
  readonly printed: string[];
  readonly result: Readonly<Record<(typeof RESULTS)[number], string>>;
}

describe('The walk with curl in README.md', () => {
  let server: TestServer;
  let walked: Walked;

  beforeAll(async () => {
    for (const program of ['bash', 'curl']) await checkInstalled(program);
    server = await startServer();
    walked = await walk(server);
  });

  afterAll(() => server.stop());

  /** Members of the JSON answers that were printed, in order. */
  const answers = (): Array<Record<string, unknown>> =>
    walked.printed.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Record<string, unknown>);

  it('has no block of shell that is not run', () => {
    expect([...WALK.matchAll(MARKED_BLOCK)]).toHaveLength([...WALK.matchAll(SHELL_FENCE)].length);
  });

  it('comes back to the client with a code, the state it sent, and the issuer', () => {
    const callback = new URL(walked.result.CALLBACK);
    expect(`${callback.origin}${callback.pathname}`).toBe('https://app.example/callback');
    expect(Object.fromEntries(callback.searchParams)).toEqual({ code: expect.any(String), state: walked.result.STATE, iss: server.issuer });
  });

  it('ends up with tokens of the person for that client', () => {
    const { ACCESS_TOKEN, REFRESH_TOKEN, ID_TOKEN, CLIENT_ID, NONCE } = walked.result;
    expect(decodeJwt(ID_TOKEN).claims).toMatchObject({ iss: server.issuer, sub: CLINICIAN.subject, aud: CLIENT_ID, nonce: NONCE });
    expect(decodeJwt(ACCESS_TOKEN).claims).toMatchObject({ iss: server.issuer, sub: CLINICIAN.subject, aud: CLIENT_ID });
    expect(REFRESH_TOKEN.length).toBeGreaterThan(40);
    expect(walked.printed).toContain('granted: openid profile email offline_access api:oemr');
  });

  it('prints the claims of the person, then the states of the tokens as they change', () => {
    const [person, ...states] = answers();
    expect(person).toMatchObject({ sub: CLINICIAN.subject, given_name: 'Clara', email: 'clara@example.org' });
    expect(states.map(({ active, status }) => [active, status])).toEqual([
      [true, 'active'], // after the exchange
      [true, 'active'], // after the refresh
      [false, 'revoked'], // after the revocation
      [false, 'revoked'], // the refresh token, after the logout
    ]);
  });

  it('is signed out at the end', async () => {
    expect(walked.printed).toContain(`signed out to https://app.example/signed-out?state=${walked.result.STATE}`);
    const answer = await getJson(`${server.issuer}/userinfo`, { authorization: `Bearer ${walked.result.ACCESS_TOKEN}` });
    expect(answer.status).toBe(401);
  });
});

/** @throws Error that says what to install; a walk that was not walked proves nothing */
async function checkInstalled(program: string): Promise<void> {
  await run(program, ['--version']).catch((cause: unknown) => {
    throw new Error(`README.md is run with ${program}, which is not on this machine: install it (Debian: apt-get install ${program})`, {
      cause,
    });
  });
}

/** Runs the marked blocks in one shell that stops at the first command that fails. */
async function walk(server: TestServer): Promise<Walked> {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-walk-'));
  const kept = join(folder, 'results');
  const blocks = [...WALK.matchAll(MARKED_BLOCK)].map(([, block = '']) => block);
  const keep = `printf '%s\\n' ${RESULTS.map((name) => `"$${name}"`).join(' ')} > '${kept}'`;
  try {
    const env = { ...process.env, CHARTKEY: server.issuer, TMPDIR: folder };
    const { stdout } = await run('bash', ['-c', ['set -euo pipefail', ...blocks, keep].join('\n')], { env, cwd: folder });
    const values = readFileSync(kept, 'utf8').split('\n');
    const result = Object.fromEntries(RESULTS.map((name, index) => [name, values[index] ?? ''])) as Walked['result'];
    return { printed: stdout.split('\n'), result };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
