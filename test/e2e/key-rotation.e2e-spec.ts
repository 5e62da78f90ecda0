import { generateKeyPairSync } from 'node:crypto';
import { statSync } from 'node:fs';
import { sitePaths } from '../../src/platform/ehr/site-folder.js';
import { locateSite } from '../../src/platform/ehr/site-location.js';
import { stateKey } from '../../src/signing-keys/key-statement.js';
import { KeyRotation } from '../../src/signing-keys/key-rotation.service.js';
import { KeyWatch } from '../../src/signing-keys/key-watch.service.js';
import { signingKey } from '../../src/signing-keys/signing-key.js';
import { approvedClient, decodeJwt, getJson, type JsonAnswer, type OAuthClient, postForm, type Tokens } from '../support/oauth-client.js';
import { clientAt } from '../support/other-address.js';
import { CLINICIAN } from '../support/people.js';
import { ProgramSite } from '../support/program.js';
import { startServer, type TestServer } from '../support/start-server.js';

interface KeySet {
  readonly keys: ReadonlyArray<{ readonly kid: string }>;
}

const MINUTE = 60;
const kidOf = ({ access_token: token }: Tokens): unknown => decodeJwt(token).header['kid'];

describe('Changing the key that signs', () => {
  let server: TestServer;
  let other: TestServer;
  let here: OAuthClient;
  let there: OAuthClient;
  let first: Tokens;

  beforeAll(async () => {
    server = await startServer();
    other = await server.replica();
    here = await approvedClient(server);
    there = clientAt(other, here);
    await server.database.query("UPDATE globals SET gl_value = '3' WHERE gl_name = 'oauth_password_grant'");
    server.clock.advance(6);
    first = await tokensAt(here);
  });
  afterAll(() => server.stop());

  const passwordGrant = (client: OAuthClient): Promise<JsonAnswer> =>
    postForm(`${client.server.issuer}/token`, {
      ...{ grant_type: 'password', username: CLINICIAN.username, password: CLINICIAN.password, user_role: 'users' },
      ...{ scope: 'openid offline_access api:oemr', ...client.credentials },
    });
  const tokensAt = async (client: OAuthClient): Promise<Tokens> => (await passwordGrant(client)).body as unknown as Tokens;
  const publishedAt = async (client: OAuthClient): Promise<string[]> =>
    ((await getJson(`${client.server.issuer}/jwk`)).body as unknown as KeySet).keys.map(({ kid }) => kid);
  const look = (replica: TestServer): Promise<void> => replica.app.get(KeyWatch).check();
  const advance = (isUrgent = false): ReturnType<KeyRotation['advance']> => server.app.get(KeyRotation).advance(isUrgent);
  const isGood = async (client: OAuthClient, token: string): Promise<unknown> => (await client.introspect(token)).body['active'];
  const areGoodEverywhere = async (...tokens: Tokens[]): Promise<void> => {
    for (const { access_token: token } of tokens) {
      for (const client of [here, there]) {
        expect(await isGood(client, token)).toBe(true);
        expect((await client.userinfo(token)).status).toBe(200);
      }
    }
  };
  const keyFile = (): string => sitePaths(locateSite(server.config).siteDir).privateKey;

  it('announces the new key, which every replica publishes and none signs with', async () => {
    const mode = statSync(keyFile()).mode;
    const { phase, kid } = await advance();
    expect(phase).toBe('announced');
    expect(statSync(`${keyFile()}.next`).mode).toBe(mode);
    for (const replica of [server, other]) await look(replica);
    const old = String(kidOf(first));
    for (const client of [here, there]) expect(await publishedAt(client)).toEqual([old, kid]);
    expect(kidOf(await tokensAt(there))).toBe(old);
    expect((await advance()).phase).toBe('waiting');
  });

  it('switches when everyone can know it: no token is refused before, meanwhile or after, wherever it is from', async () => {
    server.clock.advance(11 * MINUTE);
    const before = await tokensAt(here);
    const { phase, kid } = await advance();
    expect(phase).toBe('switched');
    await look(server); // the other one has not looked yet
    const [fresh, late] = [await tokensAt(here), await tokensAt(there)];
    expect([kidOf(fresh), kidOf(late)]).toEqual([kid, kidOf(first)]);
    await areGoodEverywhere(first, before, fresh, late);
    await look(other);
    expect(kidOf(await tokensAt(there))).toBe(kid);
    await areGoodEverywhere(first, before, fresh, late);
    for (const client of [here, there]) expect(await publishedAt(client)).toEqual([kid, kidOf(first)]);
    expect((await there.refresh(first.refresh_token)).status).toBe(200);
  });

  it('refuses nothing under load, even when it is urgent', async () => {
    const refused: unknown[] = [];
    let isOver = false;
    const use = async (issuing: OAuthClient, asked: OAuthClient): Promise<void> => {
      while (!isOver) {
        const answer = await passwordGrant(issuing);
        const { access_token: token } = answer.body as unknown as Tokens;
        if (answer.status !== 200 || (await isGood(asked, token)) !== true) refused.push(answer);
      }
    };
    const users = [use(here, there), use(there, here), use(here, here)];
    const kids: string[] = [];
    for (let time = 0; time < 2; time += 1) {
      kids.push((await advance(true)).kid);
      for (const replica of [other, server]) await look(replica);
      await passwordGrant(here);
    }
    isOver = true;
    await Promise.all(users);
    expect(refused).toEqual([]);
    expect(await publishedAt(there)).toEqual([kids[1], kids[0], expect.any(String), expect.any(String)]);
  });

  it('trusts no key on the word of the database alone', async () => {
    const strange = signingKey(generateKeyPairSync('rsa', { modulusLength: 2048 }));
    const published = await publishedAt(here);
    const until = new Date(server.clock.now().getTime() + 1_000_000);
    const statement = await stateKey(strange, strange.published, server.clock.now(), until);
    const values = [strange.published.kid, published[0], statement, until.getTime()];
    await server.database.query('INSERT INTO oauth2_key_voucher (kid, vouched_by, statement, expires_at) VALUES (?, ?, ?, ?)', values);
    await look(server);
    expect(await publishedAt(here)).toEqual(published);
  });

  it('drops a key when its last token has ended', async () => {
    server.clock.advance(86_400 + 700);
    for (const replica of [server, other]) await look(replica);
    const [kid] = await publishedAt(here);
    for (const client of [here, there]) expect(await publishedAt(client)).toEqual([kid]);
  });
});

describe('chartkey keys rotate', () => {
  it('announces, waits, switches, and writes it into the log of the EHR', async () => {
    const site = await ProgramSite.create();
    try {
      await site.run(['cleanup']); // makes the embedded database
      const { kid } = await site.json<{ kid: string }>(['keys', 'rotate']);
      const early = await site.run(['keys', 'rotate']);
      expect({ status: early.status, stderr: early.stderr }).toEqual({ status: 1, stderr: '' });
      expect(early.stdout).toContain('too early');
      expect(await site.json(['keys', 'rotate', '--now'])).toMatchObject({ phase: 'switched', kid });
      expect(await site.json(['keys', 'list'])).toMatchObject({ signingKey: { kid }, problem: null });
      const rows = await site.query("SELECT comments FROM log WHERE event = 'oauth2' ORDER BY id");
      const comments = rows.map(({ comments: text }) => Buffer.from(String(text), 'base64').toString());
      for (const phase of ['announced', 'switched']) {
        expect(comments).toContain(`OAuth2 key change success: command line. signing key ${kid} ${phase}`);
      }
      const server = await site.serve();
      expect(((await (await fetch(`${server.issuer}/jwk`)).json()) as KeySet).keys[0]?.kid).toBe(kid);
      expect((await server.stop()).status).toBe(0);
    } finally {
      await site.close();
    }
  });
});
