import { createHash } from 'node:crypto';
import { claimsOf, CLINICIAN, CONFIDENTIAL, PUBLIC, TokenServer, VERIFIER } from '../../../test/support/token-server.js';
import { TokenRecords } from '../token-records.service.js';
import { Transactions } from '../../platform/database/transactions.js';

describe('AuthorizationCodeGrant', () => {
  let server: TokenServer;
  beforeEach(async () => (server = await TokenServer.start()));
  afterEach(() => server.close());

  it('answers with tokens that say who, when, how and what for', async () => {
    const answer = await server.tokens();
    expect(answer).toMatchObject({ token_type: 'Bearer', expires_in: 3600, scope: 'openid offline_access fhirUser api:fhir' });
    expect(claimsOf(answer.access_token)).toMatchObject({
      aud: PUBLIC,
      client_id: PUBLIC,
      sub: CLINICIAN,
      iss: 'http://localhost:3000/oauth2/default',
      iat: 1767225600,
      nbf: 1767225600,
      exp: 1767229200,
      jti: expect.stringMatching(/^[0-9a-f]{80}$/),
      scopes: ['openid', 'offline_access', 'fhirUser', 'api:fhir', 'site:default'],
      scope: 'openid offline_access fhirUser api:fhir',
    });
    const idToken = claimsOf(answer.id_token);
    expect(idToken).toMatchObject({
      aud: PUBLIC,
      sub: CLINICIAN,
      nonce: 'the-nonce',
      sid: 'the-sid',
      acr: '1',
      amr: ['pwd'],
      auth_time: 1767225540,
    });
    const half = createHash('sha256').update(answer.access_token).digest().subarray(0, 16);
    expect(idToken['at_hash']).toBe(half.toString('base64url'));
    expect(idToken['fhirUser']).toMatch(new RegExp(`/Practitioner/${CLINICIAN}$`));
  });

  it("writes the rows that the EHR's API asks for", async () => {
    const answer = await server.tokens({ launchContext: { patient: 'a-patient' } });
    const { jti } = claimsOf(answer.access_token);
    expect(await server.query('SELECT * FROM api_token')).toEqual([
      {
        id: 1,
        user_id: CLINICIAN,
        token: jti,
        expiry: '2026-01-01 01:00:00',
        client_id: PUBLIC,
        scope: '["openid","offline_access","fhirUser","api:fhir"]',
        revoked: 0,
        context: '{"patient":"a-patient"}',
      },
    ]);
    const [refresh] = await server.query('SELECT * FROM api_refresh_token');
    const identifier = createHash('sha512')
      .update(answer.refresh_token ?? '')
      .digest('hex')
      .slice(0, 80);
    expect(refresh).toMatchObject({ token: identifier, client_id: PUBLIC, user_id: CLINICIAN, expiry: '2026-04-01 00:00:00', revoked: 0 });
    const [consent] = await server.query<{ session_cache: string }>('SELECT * FROM oauth_trusted_user');
    expect(consent).toMatchObject({
      grant_type: 'authorization_code',
      code: null,
      persist_login: 0,
      client_id: PUBLIC,
      user_id: CLINICIAN,
    });
    expect(JSON.parse(consent?.session_cache ?? '')).toMatchObject({
      site_id: 'default',
      csrf: 'the-state',
      nonce: 'the-nonce',
      user_id: CLINICIAN,
      puuid: 'a-patient',
    });
    expect(answer['patient']).toBe('a-patient');
  });

  it('gives no refresh token without offline_access, no ID token without openid', async () => {
    const answer = await server.tokens({ scope: ['api:fhir'] });
    expect(answer).not.toHaveProperty('refresh_token');
    expect(answer).not.toHaveProperty('id_token');
    expect(await server.query('SELECT id FROM api_refresh_token')).toEqual([]);
    expect(await server.query('SELECT context FROM api_token')).toEqual([{ context: '[]' }]);
  });

  it('ends everything that the first use issued when a code comes again, even after it has expired', async () => {
    const code = await server.code();
    const first = await server.exchange(code);
    server.clock.advance(61);
    await expect(server.exchange(code)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'used' });
    expect(await server.query('SELECT revoked FROM api_token')).toEqual([{ revoked: 1 }]);
    expect(await server.query('SELECT revoked FROM api_refresh_token')).toEqual([{ revoked: 1 }]);
    await expect(server.refresh(first.refresh_token)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'revoked' });
  });

  it('exchanges a code once when a hundred ask at the same time, and leaves no token that is good', async () => {
    const code = await server.code();
    const answers = await Promise.allSettled(Array.from({ length: 100 }, () => server.exchange(code)));
    const refusals = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
    expect(refusals).toHaveLength(99);
    for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'invalid_grant' });
    expect(await server.query('SELECT revoked FROM api_token')).toEqual([{ revoked: 1 }]);
    expect(await server.query('SELECT revoked FROM api_refresh_token')).toEqual([{ revoked: 1 }]);
    expect(await server.query('SELECT id FROM oauth2_grant WHERE ended_at IS NULL')).toEqual([]);
  });

  it('says that a code has expired at the last millisecond of its minute, not before', async () => {
    const [early, late] = [await server.code(), await server.code()];
    server.clock.advance(59.999);
    await expect(server.exchange(early)).resolves.toHaveProperty('access_token');
    server.clock.advance(0.001);
    await expect(server.exchange(late)).rejects.toMatchObject({ code: 'invalid_grant', description: 'the code has expired' });
  });

  it.each([
    ['a wrong verifier', { code_verifier: VERIFIER.replace('d', 'e') }, 'invalid_grant'],
    ['no verifier', { code_verifier: '' }, 'invalid_request'],
    ['another redirect_uri', { redirect_uri: 'http://127.0.0.1:8087/other' }, 'invalid_grant'],
    ['no redirect_uri', { redirect_uri: '' }, 'invalid_grant'],
  ])('gives no second try after %s', async (_name, changes, expected) => {
    const code = await server.code();
    await expect(server.exchange(code, changes)).rejects.toMatchObject({ code: expected });
    await expect(server.exchange(code)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'used' });
    expect(await server.query('SELECT id FROM api_token')).toEqual([]);
  });

  it('leaves a code alone that another client presents', async () => {
    const code = await server.code();
    await expect(server.exchange(code, {}, CONFIDENTIAL)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'of another client' });
    await expect(server.exchange(code)).resolves.toHaveProperty('access_token');
  });

  it('takes a code without redirect_uri when the authorization request had none', async () => {
    const code = await server.code({ redirectUriSent: false });
    await expect(server.exchange(code, { redirect_uri: '' })).resolves.toHaveProperty('access_token');
  });

  it('refuses codes that nobody issued, requests without one, and people who have left', async () => {
    await expect(server.exchange('nonsense')).rejects.toMatchObject({ code: 'invalid_grant', detail: 'unknown' });
    await expect(server.exchange('')).rejects.toMatchObject({ code: 'invalid_request', description: 'code is missing' });
    const code = await server.code();
    await server.query('UPDATE users SET active = 0 WHERE username = ?', ['clinician']);
    await expect(server.exchange(code)).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('does not honour a code that was on its way when the person signed out', async () => {
    const code = await server.code();
    await server.get(Transactions).run((tx) => server.get(TokenRecords).endGrantsOf(tx, PUBLIC, CLINICIAN));
    await expect(server.exchange(code)).rejects.toMatchObject({ code: 'invalid_grant' });
  });
});
