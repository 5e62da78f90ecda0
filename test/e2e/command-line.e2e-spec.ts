import { type OAuthClient, postForm, publicClient, registerClient } from '../support/oauth-client.js';
import { ProgramSite, type RunningProgram } from '../support/program.js';

type Listed = { client_id: string; enabled: boolean; kind: string };
type Created = { client_id: string; client_secret?: string };
type Counts = Record<'authorizationCodes' | 'tokens' | 'sessions' | 'interactions' | 'signIns' | 'secondFactors', number>;

const CALLBACK = 'https://app.example/callback';
const NOBODY = 'no-such-client';
const HYPHENATED = `-h${'A'.repeat(41)}`; // one issued id in 64 begins like an option

describe('The command line beside a running server', () => {
  let site: ProgramSite;
  let server: RunningProgram;

  beforeAll(async () => {
    site = await ProgramSite.create();
    server = await site.serve();
  });

  afterAll(async () => {
    await server.stop();
    await site.close();
  });

  /** What the server says to a client that brings a code which nobody issued: `invalid_grant` when it may ask at all. */
  const answerTo = async ({ client_id, client_secret }: Created): Promise<unknown> => {
    const form = {
      grant_type: 'authorization_code',
      code: 'x',
      redirect_uri: CALLBACK,
      code_verifier: 'v'.repeat(43),
      client_id,
      client_secret,
    };
    return (await postForm(`${server.issuer}/token`, form)).body.error;
  };

  it('registers a client that may be used at once, and prints its secret this once', async () => {
    const words = [
      'clients',
      'create',
      '--name',
      'From a shell',
      '--redirect-uri',
      CALLBACK,
      '--scope',
      'openid user/Patient.read',
      '--acr-value',
      '2',
    ];
    const created = await site.json<Created>(words);
    expect(created).toMatchObject({
      client_id: expect.any(String),
      client_secret: expect.any(String),
      client_name: 'From a shell',
    });
    expect(await answerTo(created)).toBe('invalid_grant');
    expect(await answerTo({ ...created, client_secret: 'wrong' })).toBe('invalid_client');
    const shown = await site.run(['clients', 'show', created.client_id]);
    expect(shown).toMatchObject({
      status: 0,
      stderr: '',
      stdout: expect.stringMatching(/From a shell[\s\S]*confidential[\s\S]*default_acr_values +2\n/),
    });
    for (const text of [shown.stdout, JSON.stringify(await site.json(['clients', 'show', created.client_id]))]) {
      expect(text).toContain(CALLBACK);
      expect(text).not.toContain(created.client_secret);
    }
  });

  it('lists what is registered, in words and in JSON', async () => {
    const client = await publicClient(server);
    const listed = await site.json<Listed[]>(['clients', 'list']);
    expect(listed.find((one) => one.client_id === client.clientId)).toMatchObject({ enabled: true, kind: 'public' });
    const { status, stdout } = await site.run(['clients', 'list']);
    expect(status).toBe(0);
    expect(stdout.split('\n')[0]).toMatch(/^CLIENT ID +KIND +STATE +NAME$/);
    for (const { client_id: id } of listed) expect(stdout).toContain(id);
  });

  it('approves and disables a client, and the server knows at once', async () => {
    const client = await registerClient(server);
    expect(await answerTo(client.registration)).toBe('unauthorized_client');
    expect(await site.json(['clients', 'approve', client.clientId])).toEqual({
      client_id: client.clientId,
      enabled: true,
    });
    expect(await answerTo(client.registration)).toBe('invalid_grant');
    expect((await client.tokens()).token_type).toBe('Bearer');
    expect(await site.run(['clients', 'disable', client.clientId])).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('refused'),
    });
    expect(await answerTo(client.registration)).toBe('unauthorized_client');
  });

  it('restores a behaviour of the EHR for one client, shows it with its risk, and takes it away', async () => {
    const { clientId } = await publicClient(server);
    const compat = ['clients', 'compat', clientId];
    const granted = [{ switch: 'ehr-claims', allowed_at: expect.stringMatching(/^\d{4}-.*Z$/) as string, last_used_at: null }];
    const changed = await site.json([...compat, '--allow', 'ehr-claims', 'ehr-scope-text', '--deny', 'ehr-scope-text']);
    expect(changed).toEqual({ client_id: clientId, compatibility: granted });
    expect(await site.json(['clients', 'show', clientId])).toMatchObject({ compatibility: granted });
    expect((await site.run(compat)).stdout).toMatch(/^SWITCH[^]*ehr-claims[^]*WARNING/);
    expect((await site.run([...compat, '--deny', 'ehr-claims'])).stdout).toContain('No behaviour');
    const unknown = await site.run([...compat, '--allow', 'any-origin']); // not for one client
    expect(unknown).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('token-without-secret') });
  });

  it('marks a confidential client as a resource server, shows it, and takes it away; a public one it refuses', async () => {
    const { clientId } = await registerClient(server);
    const mark = ['clients', 'mark', clientId];
    expect(await site.json([...mark, '--add', 'resource-server'])).toEqual({ client_id: clientId, marks: ['resource-server'] });
    expect(await site.json(['clients', 'show', clientId])).toMatchObject({ marks: ['resource-server'] });
    expect((await site.run([...mark, '--remove', 'resource-server', 'launcher'])).stdout).toBe('It has no mark.\n');
    const refused = await site.run(['clients', 'mark', (await publicClient(server)).clientId, '--add', 'launcher']);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('public client') });
  });

  it('deletes a client, and every token of it ends with it', async () => {
    const client: OAuthClient = await publicClient(server);
    const tokens = await client.tokens({ scope: 'openid offline_access' });
    expect(await site.json(['clients', 'delete', client.clientId])).toEqual({
      client_id: client.clientId,
      people: 1,
    });
    expect((await client.userinfo(tokens.access_token)).status).toBe(401);
    expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_client');
    expect(await site.query('SELECT id FROM oauth_trusted_user WHERE client_id = ?', [client.clientId])).toEqual([]);
    expect((await site.run(['clients', 'show', client.clientId])).status).toBe(1);
  });

  it.each(['show', 'approve', 'disable', 'compat', 'mark', 'delete'])(
    'ends `clients %s` with 1 when there is no such client',
    async (command) => {
      const ended = await site.run(['clients', command, NOBODY]);
      expect(ended).toEqual({
        status: 1,
        stdout: '',
        stderr: `chartkey: no client has the id ${NOBODY}\n`,
      });
    },
  );

  it('takes an id for an id even if it begins with a hyphen', async () => {
    const client = await publicClient(server);
    await site.query('UPDATE oauth_clients SET client_id = ? WHERE client_id = ?', [HYPHENATED, client.clientId]);
    expect(await site.json(['clients', 'disable', HYPHENATED])).toEqual({ client_id: HYPHENATED, enabled: false });
    expect(await site.json(['clients', 'show', HYPHENATED])).toMatchObject({ client_id: HYPHENATED, enabled: false });
  });

  it('ends with 1 when the rules of registration do not allow a client', async () => {
    const ended = await site.run(['clients', 'create', '--name', 'Bad', '--redirect-uri', 'javascript:alert(1)', '--scope', 'openid']);
    expect(ended).toMatchObject({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('redirect_uris'),
    });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  });

  it('cares for people who cannot get in', async () => {
    const reset = ['users', 'reset-mfa', 'totpdoc', '--reason', 'lost phone'];
    expect(await site.json(reset)).toEqual({ username: 'totpdoc', had_second_factor: true, sessions_ended: 0 });
    expect(await site.run(['users', 'unlock', 'nobody'])).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('no member of staff'),
    });
    expect((await site.run(['users', 'reset-mfa', 'totpdoc'])).status).toBe(2);
  });

  it('cleans up what has expired, and says how much', async () => {
    await (await publicClient(server)).tokens({ scope: 'openid' });
    const past = Date.now() - 30 * 86_400_000;
    const tables = ['oauth2_session', 'oauth2_authorization_code', 'oauth2_interaction', 'oauth2_issuance', 'oauth2_grant'];
    for (const table of tables) await site.query(`UPDATE ${table} SET expires_at = ?`, [past]);
    const counts = await site.json<Counts>(['cleanup']);
    for (const kind of ['authorizationCodes', 'tokens', 'sessions'] as const) expect(counts[kind]).toBeGreaterThanOrEqual(1);
    for (const table of tables) expect([table, await site.query(`SELECT expires_at FROM ${table}`)]).toEqual([table, []]);
    expect(await site.run(['cleanup'])).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/authorization codes: 0\n[\s\S]*requests: +0/),
    });
  });
});
