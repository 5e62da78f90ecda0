import { Compatibility } from '../../src/clients/compatibility.js';
import { CompatibilityUses } from '../../src/clients/compatibility-uses.js';
import { examine } from '../../src/doctor/doctor.js';
import { SystemRandom } from '../../src/platform/ambient/random.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { CLIENT_SWITCH_NAMES, type CompatibilitySwitch, SWITCH_NAMES } from '../../src/protocol/compatibility/switches.js';
import { AuthorizationCodesService } from '../../src/tokens/authorization-codes.service.js';
import { type Address, type Asking, CASES, REFRESH_ERROR, SCOPE } from '../support/compatibility-cases.js';
import { approvedClient, CALLBACK, OAuthClient, publicClient, type Tokens } from '../support/oauth-client.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

/** Tokens of a code that is made without a browser: what leads to a code is not the subject here. */
async function freshTokens(server: TestServer, client: OAuthClient): Promise<Tokens> {
  const scope = SCOPE.split(' ');
  const code = await server.app.get(AuthorizationCodesService).issue({
    clientId: client.clientId,
    subject: CLINICIAN.subject,
    role: 'users',
    redirectUri: CALLBACK,
    redirectUriSent: true,
    scope,
    requestedScope: scope,
    state: null,
    nonce: null,
    codeChallenge: null,
    sid: 'the-sid',
    authTime: server.clock.now(),
    amr: ['pwd'],
    acr: '1',
    isRemembered: false,
    launchContext: {},
  });
  const { status: answered, body } = await client.exchange(code, { code_verifier: undefined });
  expect(answered).toBe(200);
  return body as unknown as Tokens;
}

describe('Compatibility', () => {
  let plain: TestServer;
  let client: OAuthClient;
  let open: OAuthClient;

  beforeAll(async () => {
    plain = await startServer();
    await setGlobal(plain, 'oauth_password_grant', '1');
    [client, open] = [await approvedClient(plain, { scope: SCOPE }), await publicClient(plain)];
  });

  afterAll(() => plain.stop());

  const addressOf = ({ config, database }: TestServer): Address => {
    const origin = `http://localhost:${config.port}`;
    return { origin, issuer: `${origin}/${config.prefix}`, database };
  };
  const at = async (where: TestServer): Promise<Asking> => {
    const server = addressOf(where);
    const tokens = await freshTokens(plain, client);
    return { server, client: new OAuthClient(server, client.registration), open: new OAuthClient(server, open.registration), tokens };
  };
  const change = async (name: CompatibilitySwitch, isAllowed: boolean): Promise<void> => {
    const [allow, deny] = isAllowed ? [[name], []] : [[], [name]];
    for (const { clientId } of [client, open]) {
      await plain.app.get(Transactions).run((tx) => plain.app.get(Compatibility).change(tx, clientId, allow, deny));
    }
  };
  const usesOf = async (server: TestServer, name: CompatibilitySwitch): Promise<string[]> => {
    const text = await (await fetch(`${addressOf(server).origin}/metrics`)).text();
    return text.split('\n').filter((line) => line.startsWith(`chartkey_compatibility_uses_total{switch="${name}"`));
  };
  /** What doctor says of switches, with how they were used. */
  const warnings = async (server: TestServer): Promise<Array<[id: string, finding: string]>> => {
    await server.app.get(CompatibilityUses).settled();
    const { findings } = await examine(server.config, { clock: server.clock, random: new SystemRandom() }, { quick: true });
    return findings.filter(({ id }) => id.startsWith('compatibility.')).map(({ id, level, finding }) => [`${level} ${id}`, finding]);
  };

  it('has a case for every switch', () => {
    expect(CASES.map(({ name }) => name)).toEqual(SWITCH_NAMES);
  });

  it.each(CASES)('$name: nobody is answered as the EHR did', async ({ name, ask, without }) => {
    expect(await ask(await at(plain))).toEqual(without);
    expect(await usesOf(plain, name)).toEqual([]);
  });

  it.each(CASES.filter(({ name }) => CLIENT_SWITCH_NAMES.includes(name)))(
    '$name: one client is, which is counted and what the doctor warns of',
    async ({ name, ask, with: expected }) => {
      await change(name, true);
      const [answer, counted, said] = [await ask(await at(plain)), await usesOf(plain, name), await warnings(plain)];
      await change(name, false);
      const used = name === 'public-client-secret' ? open.clientId : client.clientId;
      expect(answer).toEqual(expected);
      expect(counted).toEqual([expect.stringMatching(new RegExp(`client_id="${used}"} [1-9]`))]);
      expect(said.map(([id]) => id)).toEqual(Array(2).fill(`warning compatibility.client.${name}`));
      expect(said.filter(([, finding]) => /last used \d{4}-/.test(finding))).toEqual([[expect.any(String), expect.stringContaining(used)]]);
      expect(await warnings(plain)).toEqual([]);
    },
  );

  describe('by the settings of a server', () => {
    let lax: TestServer;
    let worded: TestServer;
    const of = (name: CompatibilitySwitch): TestServer => (name === 'ehr-token-errors' ? worded : lax);

    beforeAll(async () => {
      const others = SWITCH_NAMES.filter((name) => name !== 'ehr-token-errors'); // which would change the errors of the others
      lax = await plain.replica({ CHARTKEY_COMPATIBILITY: others.join(', ') });
      worded = await plain.replica({ CHARTKEY_COMPATIBILITY: 'ehr-token-errors' });
    });

    it.each(CASES)('$name: every client is, which is counted', async ({ name, ask, with: expected }) => {
      expect(await ask(await at(of(name)))).toEqual(expected);
      const used = name === 'public-client-secret' ? open.clientId : CLIENT_SWITCH_NAMES.includes(name) ? client.clientId : '';
      expect(await usesOf(of(name), name)).toEqual([expect.stringMatching(new RegExp(`client_id="${used}"} [1-9]`))]);
    });

    it('the doctor warns of each', async () => {
      const said = [...(await warnings(lax)), ...(await warnings(worded))];
      expect(said.map(([id]) => id).sort()).toEqual(SWITCH_NAMES.map((name) => `warning compatibility.server.${name}`).sort());
      expect(said.filter(([, finding]) => !/; last used \d{4}-/.test(finding))).toEqual([]);
    });
  });

  it('takes effect within seconds on a replica, and leaves other clients alone', async () => {
    const other = await approvedClient(plain, { scope: SCOPE });
    const replica = await plain.replica();
    const error = async (asked: OAuthClient): Promise<unknown> =>
      (await new OAuthClient(addressOf(replica), asked.registration).refresh('unknown')).body;
    expect(await error(client)).not.toHaveProperty('message');
    await change('ehr-token-errors', true);
    plain.clock.advance(5);
    expect([await error(client), await error(other)]).toEqual([REFRESH_ERROR, expect.not.objectContaining({ message: expect.anything() })]);
    await change('ehr-token-errors', false);
    plain.clock.advance(5);
    expect(await error(client)).not.toHaveProperty('message');
  });
});
