import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Browser } from '../support/browser.js';
import { runExample, startExample } from '../support/example.js';
import { FhirStandIn } from '../support/fhir-stand-in.js';
import { freePort } from '../support/free-port.js';
import { allow, approvedClient, signIn } from '../support/oauth-client.js';
import { choose } from '../support/patient-picking.js';
import { CLINICIAN } from '../support/people.js';
import { setGlobal } from '../support/set-global.js';
import { startServer, type TestServer } from '../support/start-server.js';

const LINES_AT_MOST = 100;

describe('The sample apps under examples/', () => {
  let fhir: FhirStandIn;
  let server: TestServer;

  beforeAll(async () => {
    fhir = await FhirStandIn.start();
    server = await startServer({ env: { CHARTKEY_FHIR_URL: fhir.url } });
    await fhir.join(server);
  });

  afterAll(async () => {
    await server.stop();
    await fhir.stop();
  });

  it('have less than a hundred lines each', () => {
    for (const app of ['browser-app', 'server-app', 'backend-service']) {
      const files = readdirSync(join('examples', app)).filter((name) => /\.(js|html)$/.test(name));
      const lines = files.map((name) => readFileSync(join('examples', app, name), 'utf8').split('\n').length - 1);
      expect(lines.reduce((sum, count) => sum + count, 0)).toBeLessThan(LINES_AT_MOST);
    }
  });

  it('server-app signs a clinician in, and shows the patient whom they chose', async () => {
    const port = String(await freePort());
    const home = `http://localhost:${port}`;
    const app = await approvedClient(server, {
      client_name: 'Patient card',
      redirect_uris: [`${home}/callback`],
      scope: 'openid fhirUser launch/patient patient/Patient.rs offline_access',
    });
    const { client_id: CLIENT_ID, client_secret: CLIENT_SECRET = '' } = app.registration;
    const env = { ISSUER: server.issuer, FHIR_URL: fhir.url, CLIENT_ID, CLIENT_SECRET, PORT: port };
    const example = await startExample('server-app/server.js', env);
    try {
      const [atApp, atServer] = [new Browser(home), new Browser(server.origin)];
      expect((await atApp.open(`${home}/`)).text).toContain('Sign in and choose a patient');
      const started = await atApp.open(`${home}/start`);
      const picker = await signIn(atServer, await atServer.open(started.location ?? ''), CLINICIAN);
      const back = await allow(atServer, await choose(atServer, picker, '2'));
      const shown = await atApp.open(back.location ?? '');
      expect([shown.url, shown.text]).toEqual([`${home}/`, expect.stringContaining('You see the record of Pia Pending')]);
      expect((await new Browser(home).open(back.location ?? '')).status).toBe(400);
    } finally {
      await example.stop();
    }
  });

  it('backend-service makes a key, signs with it, and counts the patients', async () => {
    await setGlobal(server, 'rest_system_scopes_api', '1');
    const folder = mkdtempSync(join(tmpdir(), 'chartkey-service-'));
    try {
      const KEY_FILE = join(folder, 'key.json');
      const jwks = JSON.parse(await runExample('backend-service/make-key.js', {}, [KEY_FILE])) as { keys: object[] };
      expect(jwks.keys).toEqual([expect.not.objectContaining({ d: expect.anything() })]);
      const { clientId } = await approvedClient(server, {
        ...{ redirect_uris: undefined, post_logout_redirect_uris: undefined, client_name: 'Nightly report', jwks },
        ...{ token_endpoint_auth_method: 'private_key_jwt', grant_types: ['client_credentials'], scope: 'system/Patient.rs' },
      });
      const env = { ISSUER: server.issuer, FHIR_URL: fhir.url, CLIENT_ID: clientId, KEY_FILE };
      expect(await runExample('backend-service/report.js', env)).toBe('2 patients\n');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
