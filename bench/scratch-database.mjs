import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

const fixture = (name) => readFileSync(new URL(`../test/fixtures/openemr/${name}`, import.meta.url), 'utf8');

/**
 * Makes a database with a random name.
 * @param server `mysql://` address of a server, without a database
 * @param schema statements that fill it; by default the EHR's tables and its demo site
 * @returns `{ url, query, drop }`
 */
export async function createScratchDatabase(server, schema = fixture('schema.sql')) {
  const name = `chartkey_bench_${randomUUID().replaceAll('-', '')}`;
  const connection = await createConnection({ uri: server, multipleStatements: true });
  const drop = async () => {
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.end();
  };
  try {
    await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4; USE \`${name}\`; SET time_zone = '+00:00'`);
    await connection.query(schema);
  } catch (error) {
    await drop();
    throw error;
  }
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, query: (sql, values) => connection.query(sql, values), drop };
}

/** Writes the key files of the demo site, where the EHR keeps them. @param folder becomes its site folder */
export function writeSiteFolder(folder) {
  const { keys, oauth_keys: oauth } = JSON.parse(fixture('vectors.json'));
  writeFiles(join(folder, 'documents/logs_and_misc/methods'), keys.drive_files);
  const pair = { 'oaprivate.key': oauth['oaprivate.key'], 'oapublic.key': oauth['oapublic.key'] };
  writeFiles(join(folder, 'documents/certificates'), pair);
}

function writeFiles(folder, files) {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o640 });
}
