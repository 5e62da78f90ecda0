import { createHash } from 'node:crypto';
import { TokenServer } from '../../test/support/token-server.js';
import { Transactions } from '../platform/database/transactions.js';
import { AuthorizationCodesService } from './authorization-codes.service.js';

describe('AuthorizationCodesService', () => {
  let server: TokenServer;
  let codes: AuthorizationCodesService;
  const hashOf = (code: string) => createHash('sha256').update(code).digest('hex');

  beforeAll(async () => {
    server = await TokenServer.start();
    codes = server.get(AuthorizationCodesService);
  });
  afterAll(() => server.close());

  it('gives a code of 256 bits and keeps nothing but its hash', async () => {
    const code = await server.code({ launchContext: { patient: 'p' } });
    expect(code).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const rows = await server.query('SELECT * FROM oauth2_authorization_code');
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(await codes.find(code)).toMatchObject({
      codeHash: hashOf(code),
      state: 'the-state',
      amr: ['pwd'],
      launchContext: { patient: 'p' },
      usedAt: null,
    });
  });

  it('lets one of many consume a code', async () => {
    const hash = hashOf(await server.code());
    const consume = () => server.get(Transactions).run((tx) => codes.consume(tx, hash));
    const answers = await Promise.all(Array.from({ length: 50 }, consume));
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await codes.spoil(hash)).toBe(false);
  });

  it('remembers a used code for an hour after its end, and then forgets it', async () => {
    const code = await server.code();
    server.clock.advance(60 + 3600);
    await codes.deleteExpired(server.clock.now());
    expect(await codes.find(code)).not.toBeNull();
    server.clock.advance(1);
    expect(await codes.deleteExpired(server.clock.now())).toBeGreaterThanOrEqual(1);
    expect(await codes.find(code)).toBeNull();
  });
});
