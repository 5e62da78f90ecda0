import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/free-port.js';
import { type JsonAnswer, OAuthClient, registerClient, type Tokens } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { ProgramSite, type RunningProgram } from '../support/program.js';
import { SeededRandom } from '../support/seeded-random.js';
import { LONG, times } from '../support/soak.js';
import { Visitor } from '../support/visitor.js';

/** How often a replica is killed. */
const KILLS = times(6, 200);
const CHAINS = 4;
/** Milliseconds within which the replica is killed once the work has begun. */
const WINDOW = 120;
const SEED = process.env['CHARTKEY_TEST_SEED'] ?? String(Date.now());
const SCOPE = 'openid offline_access user/Patient.read';

type Rows = Array<Record<string, unknown>>;

/** A refresh token as its app has it: the last one that arrived, and the one that was sent when the answer was lost. */
interface Chain {
  held: string;
  lost: string | null;
}

/** Two replicas on one database; one is killed with SIGKILL in the middle of exchanges, the other goes on. */
describe(`A replica that is killed (CHARTKEY_TEST_SEED=${SEED})`, () => {
  const random = new SeededRandom(SEED);
  const answered = new Map<string, number>();
  let site: ProgramSite;
  let survivor: RunningProgram;
  let settings: Record<string, string>;
  let client: OAuthClient;
  let person: Visitor;

  beforeAll(async () => {
    site = await ProgramSite.create();
    const port = String(await freePort());
    settings = { PUBLIC_URL: `http://localhost:${port}`, CHARTKEY_RATE_LIMITS: 'off', LOG_LEVEL: 'silent' };
    survivor = await site.serve({ ...settings, PORT: port });
    client = await registerClient(survivor, { scope: SCOPE });
    await site.query('UPDATE oauth_clients SET is_enabled = 1 WHERE client_id = ?', [client.clientId]);
    person = new Visitor(survivor);
    await person.tokens(client, { scope: SCOPE });
  }, LONG);
  afterAll(() => site.close());

  const at = (port: number): OAuthClient =>
    Object.assign(new OAuthClient(addressAt(port), client.registration), { verifier: client.verifier });
  const addressAt = (port: number): { origin: string; issuer: string } => {
    const origin = `http://localhost:${port}`;
    return { origin, issuer: survivor.issuer.replace(survivor.origin, origin) };
  };
  const randomBelow = (limit: number): number => random.bytes(4).readUInt32BE() % limit;
  const counted = (credential: string, answer: JsonAnswer): JsonAnswer => {
    if (answer.status === 200) answered.set(credential, (answered.get(credential) ?? 0) + 1);
    return answer;
  };
  const tokensOf = ({ body }: JsonAnswer): Tokens => body as unknown as Tokens;

  /** Refreshes until the replica is gone. */
  async function refreshAt(replica: OAuthClient, chain: Chain): Promise<void> {
    for (;;) {
      chain.lost = chain.held;
      const answer = counted(chain.held, await replica.refresh(chain.held));
      expect(answer.status).toBe(200);
      chain.held = tokensOf(answer).refresh_token ?? '';
      chain.lost = null;
    }
  }

  it(
    'honours no code and no refresh token twice, locks nobody out whom it has answered, and leaves no half of a family',
    async () => {
      for (let kill = 0; kill < KILLS; kill += 1) {
        const port = await freePort();
        const victim = await site.serve({ ...settings, PORT: String(port) });
        const codes = await Promise.all(Array.from({ length: CHAINS }, () => person.code(client, { scope: SCOPE })));
        const chains: Chain[] = [];
        for (let number = 0; number < CHAINS; number += 1) {
          chains.push({ held: (await person.tokens(client, { scope: SCOPE })).refresh_token ?? '', lost: null });
        }
        const replica = at(port);
        const work = [
          ...chains.map((chain) => refreshAt(replica, chain)),
          ...codes.map(async (code) => counted(code, await replica.exchange(code))),
        ];
        await sleep(randomBelow(WINDOW));
        victim.signal('SIGKILL');
        await Promise.allSettled(work);
        await victim.ended;
        await checkCodes(codes);
        await checkChains(chains);
      }
      expect([...answered.values()].filter((count) => count > 1)).toEqual([]);
      expect(answered.size).toBeGreaterThan(KILLS);
      await checkFamilies();
    },
    LONG,
  );

  /** A code that was answered is used up; one whose answer was lost may be or not, and is answered once at most. */
  async function checkCodes(codes: readonly string[]): Promise<void> {
    for (const code of codes) {
      const wasAnswered = answered.has(code);
      const again = counted(code, await client.exchange(code));
      if (wasAnswered) expect(again.body.error).toBe('invalid_grant');
      else expect([200, 400]).toContain(again.status);
      expect((await client.exchange(code)).body.error).toBe('invalid_grant');
    }
  }

  /** Whoever got an answer goes on with it at the other replica. Whose answer was lost may have to sign in again, but gets no second one. */
  async function checkChains(chains: readonly Chain[]): Promise<void> {
    for (const { held, lost } of chains) {
      const answer = counted(held, await client.refresh(held));
      if (lost === null) expect(answer.status).toBe(200);
      else expect([200, 400]).toContain(answer.status);
      if (answer.status === 200) expect((await client.introspect(tokensOf(answer).access_token)).body['active']).toBe(true);
    }
  }

  /** Every answer of the token endpoint is on record in our table and in both of the EHR's, with the grant that it belongs to. */
  async function checkFamilies(): Promise<void> {
    const lost = async (sql: string): Promise<Rows> => site.query(sql, [client.clientId]);
    expect(
      await lost('SELECT i.jti FROM oauth2_issuance i LEFT JOIN oauth2_grant g ON g.id = i.grant_id WHERE g.id IS NULL AND ? IS NOT NULL'),
    ).toEqual([]);
    const issued = await site.query(
      'SELECT i.jti, i.refresh_identifier AS refresh FROM oauth2_issuance i INNER JOIN oauth2_grant g ON g.id = i.grant_id WHERE g.client_id = ?',
      [client.clientId],
    );
    const access = await site.query('SELECT token FROM api_token WHERE client_id = ?', [client.clientId]);
    const refresh = await site.query('SELECT token FROM api_refresh_token WHERE client_id = ?', [client.clientId]);
    expect(issued.map(({ jti }) => jti).sort()).toEqual(access.map(({ token }) => token).sort());
    expect(issued.map((row) => row['refresh']).sort()).toEqual(refresh.map(({ token }) => token).sort());
    expect(issued.length).toBeGreaterThan(KILLS);
    const [{ subject = '' } = {}] = await site.query('SELECT subject FROM oauth2_grant WHERE client_id = ?', [client.clientId]);
    expect(subject).toBe(CLINICIAN.subject);
  }
});
