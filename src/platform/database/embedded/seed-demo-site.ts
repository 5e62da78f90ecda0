import type { DataSource } from 'typeorm';
import type { Config } from '../../config/config.js';
import type { EhrSite } from '../../ehr/ehr-site.js';
import { toLocalText } from '../../ehr/ehr-time.js';
import { demoSite } from './demo-site.js';
import { EmbeddedDataSource } from './embedded-data-source.js';

/**
 * Fills a new embedded database with the demo people, clients and settings, in one transaction. Does nothing when there are people already,
 * or on any other database.
 */
export async function seedDemoSite(source: DataSource, site: EhrSite, config: Config, now: Date): Promise<void> {
  if (!(source instanceof EmbeddedDataSource)) return;
  const [{ people }] = await source.query<[{ people: number }]>('SELECT count(*) AS people FROM users');
  if (people > 0) return;
  const seal = (secret: string): string => site.secretBox.seal(secret);
  const tables = demoSite(
    { totpSecret: seal, clientSecret: seal },
    { siteAddress: config.publicUrl.origin, timeZone: 'UTC', now: toLocalText(now, 'UTC') },
  );
  await source.transaction(async (transaction) => {
    for (const { table, rows } of tables) {
      for (const row of rows) {
        const names = Object.keys(row).map((name) => `\`${name}\``);
        const marks = names.map(() => '?').join(', ');
        await transaction.query(`INSERT INTO \`${table}\` (${names.join(', ')}) VALUES (${marks})`, Object.values(row));
      }
    }
  });
}
