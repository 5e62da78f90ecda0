import { backendService, type BackendService } from '../../support/backend-service.js';
import { type JsonAnswer } from '../../support/oauth-client.js';
import { JWT_BEARER, SigningKey } from '../../support/signing-key.js';
import { startServer, type TestServer } from '../../support/start-server.js';

describe('RFC 7523 §2.2 Using JWTs for Client Authentication', () => {
  let server: TestServer;
  let service: BackendService;

  beforeAll(async () => {
    server = await startServer();
    service = await backendService(server);
  });
  afterAll(() => server.stop());

  const outcome = ({ status, body }: JsonAnswer): unknown[] => [status, body.error];

  it('takes a client_assertion of the type jwt-bearer', async () => {
    expect(outcome(await service.ask({ client_assertion_type: JWT_BEARER }))).toEqual([200, undefined]);
  });

  it.each(['urn:ietf:params:oauth:client-assertion-type:saml2-bearer', 'jwt-bearer', undefined])(
    'takes none of the type %s',
    async (client_assertion_type) => {
      expect(outcome(await service.ask({ client_assertion_type }))).toEqual([400, 'invalid_request']);
    },
  );

  it('takes exactly one JWT', async () => {
    const [one, two] = [await service.assertion(), await service.assertion()];
    expect(outcome(await service.ask({}, `${one} ${two}`))).toEqual([401, 'invalid_client']);
    expect(outcome(await service.ask({ client_assertion: undefined }))).toEqual([400, 'invalid_request']);
  });

  it('RFC 7521 §4.2 needs no client_id beside it, and takes the right one', async () => {
    expect(outcome(await service.ask({ client_id: service.clientId }))).toEqual([200, undefined]);
  });

  it('RFC 7521 §4.2 refuses a client_id that identifies another client', async () => {
    const other = await backendService(server);
    expect(outcome(await service.ask({ client_id: other.clientId }))).toEqual([401, 'invalid_client']);
  });

  it('RFC 7521 §4.2 refuses a second way of authentication beside it', async () => {
    expect(outcome(await service.ask({ client_id: service.clientId, client_secret: 'x' }))).toEqual([400, 'invalid_request']);
  });

  it('§3.2 answers one that is not valid with invalid_client, and says no more', async () => {
    const stranger = await SigningKey.make('ES384', service.key.keyId);
    const answer = await service.ask({}, await service.assertion({}, stranger));
    expect(answer).toMatchObject({ status: 401, body: { error: 'invalid_client', error_description: 'Client authentication failed.' } });
    expect(server.logs.refusals().at(-1)?.detail).toContain('no key of it has signed');
  });
});
