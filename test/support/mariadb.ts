import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createConnection, type Connection } from 'mysql2/promise';
import { readEhrSchema } from './ehr-schema-file.js';
import { findServerBinary, startPrivateServer } from './private-mariadb.js';

/** A MariaDB or MySQL server that tests may make databases on. */
export interface DatabaseServer {
  /** How it was found, in words for the person who runs the tests. */
  found: string;
  /** As the server tells it, e.g. `10.11.6-MariaDB`. */
  version: string;
  /** `mysql://user:password@host:port`, without a database. */
  url: string;
  /** Ends a server that was started for the tests; leaves any other one alone. */
  stop(): Promise<void>;
}

/** A database with the EHR's tables and its demo site, for one test file alone. */
export interface ScratchDatabase {
  /** Usable as `DATABASE_URL`. */
  url: string;
  name: string;
  /** Runs one statement; times come as text, in UTC. @returns the rows, none for a statement that is not a query */
  query(sql: string, values?: readonly unknown[]): Promise<Array<Record<string, unknown>>>;
  /** Removes the database and closes the connection. */
  drop(): Promise<void>;
}

const LOCAL_SERVER = 'mysql://root@127.0.0.1:3306';
const ANSWER_MILLISECONDS = 2000;

/**
 * Looks for a server: `TEST_DATABASE_URL`; one on 127.0.0.1:3306 that takes `root` without a password; one started for the tests
 * from a program on this machine. Starting takes some seconds, so a run does this once and hands `url` to its test files as
 * `TEST_DATABASE_URL`.
 * @returns null when there is none
 * @throws Error when `TEST_DATABASE_URL` is set and does not work, or a program is there and does not start
 */
export async function findDatabaseServer(env: NodeJS.ProcessEnv = process.env): Promise<DatabaseServer | null> {
  const named = env['TEST_DATABASE_URL'] ?? '';
  if (named !== '') return describeServer(serverUrl(named), 'TEST_DATABASE_URL');
  const local = await describeServer(LOCAL_SERVER, '127.0.0.1:3306').catch(() => null);
  if (local !== null) return local;
  const binary = findServerBinary(env['PATH']);
  if (binary === null) return null;
  const { url, stop } = await startPrivateServer(binary);
  return { ...(await describeServer(url, `${binary}, started for the tests`)), stop };
}

/**
 * Makes a database with a random name and loads the EHR's schema file into it: its tables and the demo site, whose times are UTC.
 * Takes about a quarter of a second.
 */
export async function createScratchDatabase(server: Pick<DatabaseServer, 'url'>): Promise<ScratchDatabase> {
  const name = `chartkey_test_${randomUUID().replaceAll('-', '')}`;
  const connection = await createConnection({ uri: server.url, multipleStatements: true, dateStrings: true });
  const drop = async (): Promise<void> => {
    await connection.query(`DROP DATABASE IF EXISTS \`${name}\``);
    await connection.end();
  };
  try {
    await loadEhr(connection, name);
  } catch (error) {
    await drop();
    throw error;
  }
  return { url: withDatabase(server.url, name), name, query: (sql, values) => rowsOf(connection, sql, values), drop };
}

async function loadEhr(connection: Connection, name: string): Promise<void> {
  await connection.query(`CREATE DATABASE \`${name}\` CHARACTER SET utf8mb4; USE \`${name}\``);
  await connection.query("SET time_zone = '+00:00'"); // the demo site's zone; the EHR sets its own on each request
  await connection.query(readEhrSchema());
}

async function rowsOf(connection: Connection, sql: string, values: readonly unknown[] = []): Promise<Array<Record<string, unknown>>> {
  const [answer] = await connection.query(sql, [...values]);
  return Array.isArray(answer) ? (answer as Array<Record<string, unknown>>) : [];
}

async function describeServer(url: string, found: string): Promise<DatabaseServer> {
  const connection = await createConnection({ uri: url, connectTimeout: ANSWER_MILLISECONDS });
  try {
    const [row] = await rowsOf(connection, 'SELECT VERSION() AS version');
    return { found, version: String(row?.['version']), url, stop: () => Promise.resolve() };
  } finally {
    await connection.end();
  }
}

/** @throws Error when the address is not that of a MySQL server; its text is left out, since it may hold a password */
function serverUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'mysql:') throw new Error('TEST_DATABASE_URL is not a mysql:// address');
  return withDatabase(text, '');
}

function withDatabase(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

interface SiteVectors {
  keys: { drive_files: Record<string, string> };
  oauth_keys: Record<'oaprivate.key' | 'oapublic.key', string>;
}

/**
 * Writes the key files that belong to the demo site of the EHR's schema file, where the EHR keeps them.
 * @param folder becomes the EHR's site folder (`OPENEMR_SITE_DIR`); made when missing
 */
export function writeVectorSiteFolder(folder: string): void {
  const file = new URL('../fixtures/openemr/vectors.json', import.meta.url);
  const vectors = JSON.parse(readFileSync(file, 'utf8')) as SiteVectors;
  const { 'oaprivate.key': privateKey, 'oapublic.key': publicKey } = vectors.oauth_keys;
  writeFiles(join(folder, 'documents/logs_and_misc/methods'), vectors.keys.drive_files);
  writeFiles(join(folder, 'documents/certificates'), { 'oaprivate.key': privateKey, 'oapublic.key': publicKey });
}

function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content, { mode: 0o640 });
}
