import { Browser } from '../../support/browser.js';
import { launcher, startApp } from '../../support/launching.js';
import {
  allow,
  approvedClient,
  callbackOf,
  decodeJwt,
  getJson,
  type JsonAnswer,
  type OAuthClient,
  publicClient,
  signIn,
} from '../../support/oauth-client.js';
import { choose } from '../../support/patient-picking.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { presenting, SigningKey } from '../../support/signing-key.js';
import { type LaunchAnswer, standaloneLaunch } from '../../support/standalone-launch.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const SCOPE =
  'openid fhirUser launch/patient offline_access online_access patient/Patient.read patient/Patient.rs user/Patient.read user/Patient.rs';

const ENCOUNTER = '9a1b0000-0001-4000-8000-000000000301';

describe('SMART App Launch 2.2, Conformance: Capabilities', () => {
  let server: TestServer;
  let configuration: JsonAnswer['body'];
  let client: OAuthClient;
  let launched: LaunchAnswer;

  beforeAll(async () => {
    server = await startServer();
    configuration = (await getJson(`${server.issuer}/.well-known/smart-configuration`)).body;
    client = await approvedClient(server, { scope: SCOPE });
    launched = await standaloneLaunch(client, { request: { scope: SCOPE, aud: server.config.fhirUrl } });
  });

  afterAll(() => server.stop());

  const granted = async (scope: string): Promise<void> => {
    expect((await standaloneLaunch(client, { request: { scope } })).scope.split(' ')).toEqual(scope.split(' '));
  };
  const launchedFromChart = async (context: { patient: string; encounter?: string }): Promise<unknown> => {
    const scope = 'openid launch patient/Patient.rs';
    const app = await approvedClient(server, { scope, initiate_login_uri: 'https://app.example/launch' });
    const { body } = await startApp(await launcher(server), app, context);
    return new Visitor(server, CLINICIAN).tokens(app, { scope, aud: server.config.fhirUrl, launch: String(body['launch']) });
  };
  const asked = (of: OAuthClient): Promise<URLSearchParams> => of.authorize({ scope: 'openid' });

  /** Each capability, and what is seen of it. */
  const seen: Readonly<Record<string, () => Promise<void> | void>> = {
    'launch-standalone': () => expect(launched).toMatchObject({ token_type: 'Bearer', access_token: expect.any(String) }),
    'launch-ehr': async () => expect(await launchedFromChart({ patient: PATIENT.subject })).toMatchObject({ token_type: 'Bearer' }),
    'context-ehr-patient': async () =>
      expect(await launchedFromChart({ patient: PATIENT.subject })).toMatchObject({ patient: PATIENT.subject }),
    'context-ehr-encounter': async () =>
      expect(await launchedFromChart({ patient: PATIENT.subject, encounter: ENCOUNTER })).toMatchObject({ encounter: ENCOUNTER }),
    'context-standalone-patient': () => expect(launched['patient']).toBe(PATIENT.subject),
    'context-banner': () => expect(launched['need_patient_banner']).toBe(true),
    'context-style': async () =>
      expect((await getJson(String(launched['smart_style_url']))).body).toMatchObject({ color_text: expect.stringMatching(/^#/) }),
    'sso-openid-connect': async () => {
      expect(decodeJwt(launched.id_token ?? '').claims).toMatchObject({
        iss: configuration['issuer'],
        fhirUser: `${server.config.fhirUrl}/Practitioner/${CLINICIAN.subject}`,
      });
      expect((await getJson(`${server.issuer}/.well-known/openid-configuration`)).body['issuer']).toBe(configuration['issuer']);
    },
    'permission-offline': async () =>
      expect((await client.refresh(launched.refresh_token)).body).toMatchObject({ patient: PATIENT.subject, scope: launched.scope }),
    'permission-online': async () => {
      const { refresh_token: token } = await standaloneLaunch(client, { request: { scope: 'openid online_access' } });
      expect(await client.refresh(token)).toMatchObject({ status: 200, body: { scope: 'openid online_access' } });
    },
    'permission-patient': () => granted('patient/Patient.rs'),
    'permission-user': () => granted('user/Patient.rs'),
    'permission-v1': () => granted('user/Patient.read'),
    'permission-v2': () => granted('user/Patient.rs patient/Patient.rs'),
    'authorize-post': async () => {
      const browser = new Browser(server.origin);
      const url = new URL(client.authorizeUrl({ scope: SCOPE }));
      const page = await browser.follow(await browser.post(String(configuration['authorization_endpoint']), url.search.slice(1)));
      const consent = await choose(browser, await signIn(browser, page, CLINICIAN), '1');
      expect(callbackOf(await allow(browser, consent)).get('code')).toEqual(expect.any(String));
    },
    'client-public': async () => {
      const app = await publicClient(server);
      expect(await app.exchange((await asked(app)).get('code'))).toMatchObject({ status: 200 });
    },
    'client-confidential-symmetric': async () => {
      const [good, bad] = [(await asked(client)).get('code'), (await asked(client)).get('code')];
      expect(await client.exchange(good, { client_id: undefined, client_secret: undefined }, client.basic)).toMatchObject({ status: 200 });
      expect(await client.exchange(bad, { client_secret: 'wrong' })).toMatchObject({ status: 401 });
    },
    'client-confidential-asymmetric': async () => {
      const key = await SigningKey.make('ES384');
      const app = await approvedClient(server, {
        token_endpoint_auth_method: 'private_key_jwt',
        jwks: { keys: [key.jwk] },
        scope: 'openid user/Patient.rs',
      });
      const proof = presenting(await key.assertion(app.clientId, String(configuration['token_endpoint']), server.clock.now()));
      expect(await app.exchange((await asked(app)).get('code'), { client_secret: undefined, ...proof })).toMatchObject({ status: 200 });
    },
  };

  it('names those that a test has seen, and no other', () => {
    expect([...(configuration['capabilities'] as string[])].sort()).toEqual(Object.keys(seen).sort());
  });

  it.each(Object.entries(seen))('%s', async (_name, look) => {
    await look();
  });
});
