import { claimsOf, CLINICIAN, CONFIDENTIAL, PUBLIC, TokenServer } from '../../../test/support/token-server.js';
import { Transactions } from '../../platform/database/transactions.js';
import type { TokenResponse } from '../../protocol/token/token-response.js';
import { TokenRecords } from '../token-records.service.js';

const jtiOf = (answer: TokenResponse) => claimsOf(answer.access_token)['jti'];
const REVOKED = { code: 'invalid_grant', detail: 'revoked' };
const REUSED = { code: 'invalid_grant', detail: 'reuse' };

describe('RefreshTokenGrant', () => {
  let server: TokenServer;
  const isRevoked = async (answer: TokenResponse) => {
    const [row] = await server.query<{ revoked: number }>('SELECT revoked FROM api_token WHERE token = ?', [jtiOf(answer)]);
    return row?.revoked;
  };

  describe('without a grace period', () => {
    beforeAll(async () => (server = await TokenServer.start()));
    afterAll(() => server.close());
    beforeEach(async () => {
      await server.query('UPDATE users SET active = 1 WHERE username = ?', ['clinician']);
    });

    it('exchanges a token for new ones and retires the old pair', async () => {
      const first = await server.tokens();
      server.clock.advance(10);
      const second = await server.refresh(first.refresh_token);
      expect(second.refresh_token).not.toBe(first.refresh_token);
      expect([await isRevoked(first), await isRevoked(second)]).toEqual([1, 0]);
      expect(claimsOf(second.id_token)).toMatchObject({ sub: CLINICIAN, sid: 'the-sid', auth_time: 1767225540 });
      expect(claimsOf(second.id_token)).not.toHaveProperty('nonce');
      const rows = await server.query('SELECT revoked FROM api_refresh_token ORDER BY id');
      expect(rows).toEqual([{ revoked: 1 }, { revoked: 0 }]);
    });

    it('ends the family when a token comes again', async () => {
      const first = await server.tokens();
      const second = await server.refresh(first.refresh_token);
      await expect(server.refresh(first.refresh_token)).rejects.toMatchObject(REUSED);
      expect(await isRevoked(second)).toBe(1);
      await expect(server.refresh(second.refresh_token)).rejects.toMatchObject(REVOKED);
    });

    it('exchanges a token once when many ask at the same time, and leaves none of the family good', async () => {
      const first = await server.tokens();
      const answers = await Promise.allSettled(Array.from({ length: 20 }, () => server.refresh(first.refresh_token)));
      const winners = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
      expect(winners).toHaveLength(1);
      for (const winner of winners) expect(await isRevoked(winner)).toBe(1);
    });

    it('keeps the scopes of the grant when one access token has fewer', async () => {
      const first = await server.tokens();
      const narrow = await server.refresh(first.refresh_token, { scope: 'api:fhir' });
      expect(narrow).toMatchObject({ scope: 'api:fhir', refresh_token: expect.any(String) });
      expect(narrow).not.toHaveProperty('id_token');
      expect(await server.refresh(narrow.refresh_token)).toMatchObject({ scope: 'openid offline_access fhirUser api:fhir' });
    });

    it('refuses more scopes than were granted, and leaves the token good', async () => {
      const { refresh_token: token } = await server.tokens();
      for (const scope of ['api:fhir patient/Patient.read', ' ']) {
        await expect(server.refresh(token, { scope })).rejects.toMatchObject({ code: 'invalid_scope' });
      }
      await expect(server.refresh(token)).resolves.toHaveProperty('access_token');
    });

    it('refuses an unknown token, and that of another client without ending its family', async () => {
      await expect(server.refresh('nonsense')).rejects.toMatchObject({ code: 'invalid_grant', detail: 'unknown' });
      const { refresh_token: token } = await server.tokens();
      await expect(server.refresh(token, {}, CONFIDENTIAL)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'of another client' });
      await expect(server.refresh(token)).resolves.toHaveProperty('access_token');
    });

    it('honours what an administrator revoked in the EHR', async () => {
      const { refresh_token: token } = await server.tokens();
      await server.query('UPDATE api_refresh_token SET revoked = 1 WHERE client_id = ?', [PUBLIC]);
      await expect(server.refresh(token)).rejects.toMatchObject(REVOKED);
    });

    it.each(['DELETE FROM oauth_trusted_user', "UPDATE oauth_trusted_user SET session_cache = ''"])('honours: %s', async (sql) => {
      const { refresh_token: token } = await server.tokens();
      await server.query(sql);
      await expect(server.refresh(token)).rejects.toMatchObject(REVOKED);
    });

    it('ends with everything that a person allowed a client', async () => {
      const answer = await server.tokens();
      await server.get(Transactions).run((tx) => server.get(TokenRecords).endGrantsOf(tx, PUBLIC, CLINICIAN));
      expect(await isRevoked(answer)).toBe(1);
      await expect(server.refresh(answer.refresh_token)).rejects.toMatchObject(REVOKED);
    });

    it('refuses when the person has left, until they are back', async () => {
      const { refresh_token: token } = await server.tokens();
      await server.query('UPDATE users SET active = 0 WHERE username = ?', ['clinician']);
      await expect(server.refresh(token)).rejects.toMatchObject({ code: 'invalid_grant' });
      await server.query('UPDATE users SET active = 1 WHERE username = ?', ['clinician']);
      await expect(server.refresh(token)).resolves.toHaveProperty('access_token');
    });

    it('counts the lifetime anew from each exchange, and says when it is over', async () => {
      const days = 86_400;
      let { refresh_token: token } = await server.tokens();
      server.clock.advance(89 * days);
      ({ refresh_token: token } = await server.refresh(token));
      server.clock.advance(89 * days);
      ({ refresh_token: token } = await server.refresh(token));
      server.clock.advance(90 * days);
      await expect(server.refresh(token)).rejects.toMatchObject({ code: 'invalid_grant', description: 'the refresh token has expired' });
    });

    it('forgets what ended long ago and keeps the rest', async () => {
      const { refresh_token: token } = await server.tokens();
      const before = await server.query('SELECT jti FROM oauth2_issuance');
      const deleted = await server.get(TokenRecords).deleteExpired(server.clock.now());
      expect(deleted).toBeGreaterThan(0);
      expect((await server.query('SELECT jti FROM oauth2_issuance')).length).toBeLessThan(before.length);
      await expect(server.refresh(token)).resolves.toHaveProperty('access_token');
    });
  });

  describe('with a grace period of 30 seconds', () => {
    beforeAll(async () => (server = await TokenServer.start({ CHARTKEY_REFRESH_GRACE: '30' })));
    afterAll(() => server.close());

    it('gives a new successor when the answer was lost, and retires the lost one', async () => {
      const first = await server.tokens();
      const lost = await server.refresh(first.refresh_token);
      const second = await server.refresh(first.refresh_token);
      expect([await isRevoked(lost), await isRevoked(second)]).toEqual([1, 0]);
      await expect(server.refresh(second.refresh_token)).resolves.toHaveProperty('access_token');
    });

    it('ends the family when the successor has been used', async () => {
      const first = await server.tokens();
      const second = await server.refresh(first.refresh_token);
      const third = await server.refresh(second.refresh_token);
      await expect(server.refresh(first.refresh_token)).rejects.toMatchObject(REUSED);
      expect(await isRevoked(third)).toBe(1);
    });

    it('ends the family when the lost successor turns up after the period', async () => {
      const first = await server.tokens();
      const lost = await server.refresh(first.refresh_token);
      server.clock.advance(20);
      const second = await server.refresh(first.refresh_token);
      server.clock.advance(10);
      await expect(server.refresh(lost.refresh_token)).rejects.toMatchObject(REUSED);
      expect(await isRevoked(second)).toBe(1);
    });

    it('leaves one good pair when several ask at the same time', async () => {
      const first = await server.tokens();
      const answers = await Promise.all(Array.from({ length: 4 }, () => server.refresh(first.refresh_token)));
      const states = await Promise.all(answers.map(isRevoked));
      expect(states.filter((revoked) => revoked === 0)).toHaveLength(1);
    });

    it('does not repeat an exchange whose successor an administrator revoked', async () => {
      const first = await server.tokens();
      await server.refresh(first.refresh_token);
      await server.query('UPDATE api_refresh_token SET revoked = 1');
      await expect(server.refresh(first.refresh_token)).rejects.toMatchObject({ code: 'invalid_grant', detail: 'revoked in the EHR' });
    });
  });
});
