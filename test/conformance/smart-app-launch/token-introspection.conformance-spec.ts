import { ClientMarks } from '../../../src/clients/client-marks.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { approvedClient, type OAuthClient, postForm } from '../../support/oauth-client.js';
import { CLINICIAN, PATIENT } from '../../support/people.js';
import { type LaunchAnswer, standaloneLaunch } from '../../support/standalone-launch.js';
import { startServer, type TestServer } from '../../support/start-server.js';

const SCOPE = 'openid fhirUser launch/patient patient/Patient.rs';

describe('SMART App Launch 2.2, Token Introspection', () => {
  let server: TestServer;
  let app: OAuthClient;
  let resourceServer: OAuthClient;
  let launched: LaunchAnswer;

  beforeAll(async () => {
    server = await startServer();
    [app, resourceServer] = [await approvedClient(server, { scope: SCOPE }), await approvedClient(server, { scope: 'openid' })];
    await server.app
      .get(Transactions)
      .run((tx) => server.app.get(ClientMarks).change(tx, resourceServer.clientId, ['resource-server'], []));
    launched = await standaloneLaunch(app, { request: { scope: SCOPE } });
  });

  afterAll(() => server.stop());

  it('SHALL tell active, scope, client_id and exp: what was granted, as one text', async () => {
    const { status, body } = await resourceServer.introspect(launched.access_token);
    expect([status, body]).toEqual([200, expect.objectContaining({ active: true, scope: SCOPE, client_id: app.clientId })]);
    expect(body['exp']).toBe(Number(body['iat']) + launched.expires_in);
  });

  it('SHALL tell each member of the launch context that was in the answer of the token endpoint', async () => {
    const { need_patient_banner, smart_style_url, patient } = launched;
    expect(patient).toBe(PATIENT.subject);
    expect((await resourceServer.introspect(launched.access_token)).body).toMatchObject({ patient, need_patient_banner, smart_style_url });
  });

  it('SHALL tell iss and sub as the ID token does, and fhirUser', async () => {
    expect((await resourceServer.introspect(launched.access_token)).body).toMatchObject({
      ...{ iss: server.issuer, sub: CLINICIAN.subject },
      fhirUser: `${server.config.fhirUrl}/Practitioner/${CLINICIAN.subject}`,
    });
  });

  it('says of a token that is revoked that it is not active', async () => {
    const { access_token: token } = await standaloneLaunch(app, { request: { scope: 'openid' } });
    await app.revoke(token);
    expect((await resourceServer.introspect(token)).body).toMatchObject({ active: false });
  });

  it.each(['nonsense', 'A'.repeat(86)])('tells nothing of what is no token of this server: %s', async (text) => {
    const { body } = await resourceServer.introspect(text);
    expect(body).toMatchObject({ active: false });
    for (const member of ['scope', 'client_id', 'sub', 'patient', 'fhirUser']) expect(body).not.toHaveProperty(member);
  });

  it('SHALL ask who wants to know', async () => {
    const answer = await postForm(`${server.issuer}/introspect`, { token: launched.access_token });
    expect(answer.body).not.toMatchObject({ active: true });
  });
});
