import { rmSync } from 'node:fs';
import { openTestDatabase, type TestDatabase } from '../../../test/support/test-database.js';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { openEhrSite } from './open-ehr-site.js';

describe('openEhrSite on the embedded database', () => {
  let database: TestDatabase;

  beforeEach(async () => {
    database = await openTestDatabase([]);
  });

  afterEach(() => database.close());

  it('makes keys once and finds them again', async () => {
    const again = await openEhrSite(database.source, database.config, new SeededRandom('other'));
    expect(again.origin).toBe('embedded');
    expect(again.oauthKeys.publicKey.equals(database.site.oauthKeys.publicKey)).toBe(true);
    expect(again.secretBox.open(database.site.secretBox.seal('a secret'))).toBe('a secret');
  });

  it('seals the demo authenticator secret with them', async () => {
    const [row] = await database.source.query<Array<{ var1: string }>>('SELECT var1 FROM login_mfa_registrations');
    expect(database.site.secretBox.open(row?.var1 ?? null)).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP');
  });

  it('refuses a site whose files are gone and says which', async () => {
    rmSync(database.site.siteDir, { recursive: true });
    await expect(openEhrSite(database.source, database.config, new SeededRandom())).rejects.toThrow(/sevena|oaprivate/);
  });
});
