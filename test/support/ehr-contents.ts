import type { ProgramSite } from './program.js';
import { TEST_DATABASE } from './start-server.js';

const isOwn = (name: string): boolean => /^oauth2_|migrations/.test(name);

async function tablesOf(site: ProgramSite): Promise<string[]> {
  const rows = await site.query(
    TEST_DATABASE === 'embedded'
      ? "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
      : 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name',
  );
  return rows.map(({ name }) => String(name));
}

/** Names of the tables of our own. */
export async function ownTablesOf(site: ProgramSite): Promise<string[]> {
  return (await tablesOf(site)).filter((name) => name.startsWith('oauth2_'));
}

/** Definition and rows of every table of the EHR, by its name. */
export async function ehrOf(site: ProgramSite): Promise<Map<string, unknown>> {
  const found = new Map<string, unknown>();
  for (const name of (await tablesOf(site)).filter((table) => !isOwn(table))) {
    const definition =
      TEST_DATABASE === 'embedded'
        ? await site.query('SELECT type, name, sql FROM sqlite_master WHERE tbl_name = ? ORDER BY name', [name])
        : await site.query(`SHOW CREATE TABLE \`${name}\``);
    found.set(name, { definition, rows: await site.query(`SELECT * FROM \`${name}\``) });
  }
  return found;
}
