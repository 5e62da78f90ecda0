import { ClientMarks } from '../../../src/clients/client-marks.js';
import { Transactions } from '../../../src/platform/database/transactions.js';
import { backendService } from '../../support/backend-service.js';
import { allow, approvedClient, callbackOf, type OAuthClient, publicClient, type Tokens } from '../../support/oauth-client.js';
import { PATIENT } from '../../support/people.js';
import { startServer, type TestServer } from '../../support/start-server.js';
import { Visitor } from '../../support/visitor.js';

const NOTHING = { active: false, status: 'invalid' };
const SCOPE = 'openid fhirUser launch/patient patient/Patient.read offline_access';

/** What a protected resource may learn of tokens that are not its own. SMART App Launch 2.2, Token Introspection */
describe('RFC 7662 §4 Security Considerations', () => {
  let server: TestServer;
  let resourceServer: OAuthClient;
  let app: OAuthClient;
  let tokens: Tokens;

  beforeAll(async () => {
    server = await startServer();
    resourceServer = await approvedClient(server, { scope: 'openid' });
    app = await publicClient(server, { scope: SCOPE });
    tokens = await new Visitor(server, PATIENT).tokens(app, { scope: SCOPE });
  });
  afterAll(() => server.stop());

  const mark = (client: { readonly clientId: string }, isGiven: boolean): Promise<void> =>
    server.app
      .get(Transactions)
      .run((tx) =>
        server.app.get(ClientMarks).change(tx, client.clientId, isGiven ? ['resource-server'] : [], isGiven ? [] : ['resource-server']),
      );

  it('tells a client nothing about tokens of another one', async () => {
    expect((await resourceServer.introspect(tokens.access_token)).body).toEqual(NOTHING);
  });

  it('tells a resource server that an operator has marked all about access tokens: scope, context, fhirUser', async () => {
    await mark(resourceServer, true);
    const { body } = await resourceServer.introspect(tokens.access_token);
    expect(body).toMatchObject({
      active: true,
      client_id: app.clientId,
      sub: PATIENT.subject,
      scope: SCOPE,
      patient: PATIENT.subject,
      fhirUser: expect.stringMatching(new RegExp(`/Patient/${PATIENT.subject}$`)),
    });
    expect(body).toEqual((await app.introspect(tokens.access_token)).body);
  });

  it('tells a resource server that signs as much as one with a secret (RFC 7523 §2.2)', async () => {
    const service = await backendService(server);
    expect((await service.introspect(tokens.access_token)).body).toEqual(NOTHING);
    await mark(service, true);
    expect((await service.introspect(tokens.access_token)).body).toMatchObject({ active: true, patient: PATIENT.subject });
  });

  it('tells it nothing about refresh tokens, which are no business of a resource server', async () => {
    expect((await resourceServer.introspect(tokens.refresh_token)).body).toEqual(NOTHING);
  });

  it('tells it nothing without its secret, and a public client nothing whatever it is marked as', async () => {
    expect((await resourceServer.introspect(tokens.access_token, { client_secret: 'wrong' })).body).toEqual(NOTHING);
    const other = await publicClient(server);
    await mark(other, true);
    expect((await other.introspect(tokens.access_token)).body).toEqual(NOTHING);
  });

  it('tells it at once that a token has ended', async () => {
    await app.revoke(tokens.access_token);
    expect((await resourceServer.introspect(tokens.access_token)).body['active']).toBe(false);
  });

  it('stops with the mark', async () => {
    const { access_token: token } = (await app.refresh(tokens.refresh_token)).body as unknown as Tokens;
    expect((await resourceServer.introspect(token)).body['active']).toBe(true);
    await mark(resourceServer, false);
    expect((await resourceServer.introspect(token)).body).toEqual(NOTHING);
  });

  it('leaves what a person did not allow out of the answer', async () => {
    await mark(resourceServer, true);
    const visitor = new Visitor(server, PATIENT);
    const page = await visitor.arrive(app, { scope: SCOPE });
    const code = callbackOf(await allow(visitor.browser, page, { scope: ['openid', 'patient/Patient.read'] })).get('code') ?? '';
    const { access_token: token } = (await app.exchange(code)).body as unknown as Tokens;
    const { body } = await resourceServer.introspect(token);
    expect(body).toMatchObject({ active: true, scope: 'openid patient/Patient.read' });
    for (const name of ['patient', 'fhirUser']) expect(body).not.toHaveProperty(name);
  });
});
