import { createRemoteJWKSet, jwtVerify } from 'jose';
import { Browser } from '../../support/browser.js';
import { approvedClient, callbackOf, decodeJwt, getJson, type OAuthClient } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { type LaunchAnswer, standaloneLaunch } from '../../support/standalone-launch.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const LABORATORY = 'patient/Observation.rs?category=http://terminology.hl7.org/CodeSystem/observation-category|laboratory';
const SCOPE = `openid fhirUser launch/patient patient/Patient.rs patient/Condition.read ${LABORATORY} user/Patient.cruds`;

describe('SMART App Launch 2.2, Scopes and Launch Context', () => {
  let server: TestServer;
  let app: OAuthClient;
  let launched: LaunchAnswer;

  beforeAll(async () => {
    server = await startServer();
    app = await approvedClient(server, { scope: SCOPE });
    launched = await standaloneLaunch(app, { request: { scope: SCOPE } });
  });

  afterAll(() => server.stop());

  const granted = async (scope: string): Promise<string> => (await standaloneLaunch(app, { request: { scope } })).scope;

  describe('Scopes for requesting FHIR Resources', () => {
    it('takes both versions in one request, and says in scope what was granted', () => {
      expect(launched.scope).toBe(SCOPE);
    });

    it('takes a search with a scope as it is written', async () => {
      expect(await granted(`openid ${LABORATORY}`)).toBe(`openid ${LABORATORY}`);
    });

    it('grants less than was asked for, and says so', async () => {
      expect(await granted('openid patient/Patient.cruds')).toBe('openid patient/Patient.rs');
    });

    it('knows no letters out of their order', async () => {
      const answer = await new Browser(server.origin).open(app.authorizeUrl({ scope: 'openid user/Patient.sr' }));
      expect(callbackOf(answer).get('error')).toBe('invalid_scope');
    });
  });

  describe('Launch context', () => {
    it('launch/patient: patient is the FHIR id of the patient who was chosen, beside the access token', () => {
      expect(launched).toMatchObject({ patient: PATIENT.subject, need_patient_banner: true });
    });

    it('smart_style_url: SHALL be a document that scripts may read, without signing in', async () => {
      const style = await getJson(String(launched['smart_style_url']), { origin: 'https://anybody.example' });
      expect([style.status, style.headers.get('access-control-allow-origin')]).toEqual([200, '*']);
      expect(Object.keys(style.body).sort()).toEqual([
        ...['color_background', 'color_error', 'color_highlight', 'color_modal_backdrop', 'color_success', 'color_text'],
        ...['dim_border_radius', 'dim_font_size', 'dim_spacing_size', 'font_family_body', 'font_family_heading', 'logo_primary'],
      ]);
    });

    it('gives no context that was not asked for', async () => {
      const answer = await standaloneLaunch(app, { request: { scope: 'openid user/Patient.rs' } });
      for (const name of ['patient', 'encounter', 'fhirContext', 'need_patient_banner']) expect(answer).not.toHaveProperty(name);
    });
  });

  describe('Scopes for requesting identity data', () => {
    it('SHALL support the code flow, and publish keys as bare JWK, by the OpenID Connect document', async () => {
      const openid = (await getJson(`${server.issuer}/.well-known/openid-configuration`)).body;
      expect(openid).toMatchObject({ issuer: server.issuer, response_types_supported: ['code'], jwks_uri: expect.any(String) });
      const { body } = await getJson(String(openid['jwks_uri']));
      expect(body['keys']).toEqual(expect.arrayContaining([expect.objectContaining({ kty: 'RSA', n: expect.any(String), e: 'AQAB' })]));
    });

    it('SHALL sign ID tokens with RS256, for the client, by the issuer', async () => {
      const keys = createRemoteJWKSet(new URL(`${server.issuer}/jwk`));
      const options = { issuer: server.issuer, audience: app.clientId, algorithms: ['RS256'], currentDate: server.clock.now() };
      const { payload } = await jwtVerify(launched.id_token ?? '', keys, options);
      expect(payload).toMatchObject({ sub: CLINICIAN.subject, iat: expect.any(Number), exp: expect.any(Number), nonce: 'the nonce' });
    });

    it('SHALL support fhirUser in the ID token: the address of a resource for the person', async () => {
      const fhirUser = `${server.config.fhirUrl}/Practitioner/${CLINICIAN.subject}`;
      expect(decodeJwt(launched.id_token ?? '').claims['fhirUser']).toBe(fhirUser);
      expect((await app.userinfo(launched.access_token)).body).toMatchObject({ sub: CLINICIAN.subject, fhirUser });
      const patient = await standaloneLaunch(app, { request: { scope: 'openid fhirUser' }, person: PATIENT });
      expect(decodeJwt(patient.id_token ?? '').claims['fhirUser']).toBe(`${server.config.fhirUrl}/Patient/${PATIENT.subject}`);
    });
  });

  describe('Scopes for requesting a refresh token', () => {
    it('gives one for offline_access and for online_access, where the client is registered for it, and none without', async () => {
      const client = await approvedClient(server, { scope: 'openid offline_access online_access' });
      for (const scope of ['openid offline_access', 'openid online_access']) {
        expect(await standaloneLaunch(client, { request: { scope } })).toMatchObject({ scope, refresh_token: expect.any(String) });
      }
      expect(launched).not.toHaveProperty('refresh_token');
    });
  });
});
