import type { ExecutionContext } from '@nestjs/common';
import { claimsOf, CLINICIAN, TokenServer } from '../../test/support/token-server.js';
import { SentParameters } from '../protocol/parameters/form.js';
import type { TokenResponse } from '../protocol/token/token-response.js';
import { JwtSigner } from '../signing-keys/jwt-signer.js';
import { BearerTokenGuard } from './bearer-token.guard.js';

interface Sent {
  readonly method?: string;
  readonly authorization?: string;
  readonly form?: Record<string, string>;
}

describe('BearerTokenGuard', () => {
  let server: TokenServer;
  let tokens: TokenResponse;
  const pass = async ({ method = 'POST', authorization, form }: Sent) => {
    const request = { method, headers: { authorization }, body: form && new SentParameters(Object.entries(form)), accessToken: undefined };
    const context = { switchToHttp: () => ({ getRequest: () => request }) } as unknown as ExecutionContext;
    await server.get(BearerTokenGuard).canActivate(context);
    return request.accessToken as unknown;
  };
  const present = (token: string) => pass({ authorization: `Bearer ${token}` });

  beforeAll(async () => (server = await TokenServer.start()));
  afterAll(() => server.close());
  beforeEach(async () => (tokens = await server.tokens()));

  it('hands on the token of the header, whatever the case of its scheme, or of the form', async () => {
    const token = tokens.access_token;
    for (const sent of [{ authorization: `Bearer ${token}` }, { authorization: `bearer  ${token}` }, { form: { access_token: token } }]) {
      expect(await pass(sent)).toMatchObject({ subject: CLINICIAN, scope: ['openid', 'offline_access', 'fhirUser', 'api:fhir'] });
    }
  });

  it.each([
    ['no token', {}, 'invalid_token'],
    ['credentials of another kind', { authorization: 'Basic YTpi' }, 'invalid_token'],
    ['a form with GET', { method: 'GET', form: { access_token: 'x' } }, 'invalid_token'],
    ['two tokens', { authorization: 'Bearer x', form: { access_token: 'x' } }, 'invalid_request'],
    ['a scheme and nothing else', { authorization: 'Bearer' }, 'invalid_request'],
    ['characters that no token has', { authorization: 'Bearer a b' }, 'invalid_request'],
  ])('refuses %s', async (_name, sent, code) => {
    await expect(pass(sent)).rejects.toMatchObject({ code });
  });

  it('refuses ID tokens, refresh tokens and forged ones', async () => {
    await expect(present(tokens.id_token ?? '')).rejects.toMatchObject({ code: 'invalid_token', detail: 'not an access token' });
    for (const token of [tokens.refresh_token ?? '', `${tokens.access_token.slice(0, -8)}AAAAAAAA`]) {
      await expect(present(token)).rejects.toMatchObject({ code: 'invalid_token', detail: 'not signed here' });
    }
  });

  it('refuses a token from the second of its end on', async () => {
    server.clock.advance(3599.7);
    await expect(present(tokens.access_token)).resolves.toBeDefined();
    server.clock.advance(0.3);
    await expect(present(tokens.access_token)).rejects.toMatchObject({ code: 'invalid_token', detail: 'expired' });
  });

  it.each([
    'UPDATE api_token SET revoked = 1',
    'DELETE FROM oauth_trusted_user',
    'UPDATE oauth2_grant SET ended_at = 1',
    'DELETE FROM api_token',
  ])('refuses a token after: %s', async (sql) => {
    await server.query(sql);
    await expect(present(tokens.access_token)).rejects.toMatchObject({ code: 'invalid_token', detail: expect.stringContaining('revoked') });
  });

  it('allows for clocks that differ a little, and for no more', async () => {
    const claims = claimsOf(tokens.access_token);
    const startingIn = (seconds: number) => server.get(JwtSigner).sign({ ...claims, nbf: Number(claims['nbf']) + seconds });
    await expect(present(await startingIn(90))).resolves.toBeDefined();
    await expect(present(await startingIn(150))).rejects.toMatchObject({ code: 'invalid_token', detail: 'not yet valid' });
  });
});
