import { createConnection } from 'mysql2/promise';
import { findServerBinary, startPrivateServer } from './private-database.mjs';

const LOCAL_SERVER = 'mysql://root@127.0.0.1:3306/';
const ANSWER_MILLISECONDS = 3000;

/** What the server calls itself, e.g. `MariaDB 10.11.6`. @throws Error when it does not answer or refuses the user */
async function versionOf(url) {
  const connection = await createConnection({ uri: url, connectTimeout: ANSWER_MILLISECONDS });
  try {
    const [rows] = await connection.query('SELECT VERSION() AS version');
    const version = String(rows[0].version);
    return `${version.includes('MariaDB') ? 'MariaDB' : 'MySQL'} ${version.split('-')[0]}`;
  } finally {
    await connection.end();
  }
}

/** @throws Error that does not repeat the address, since it may hold a password */
async function describeNamed(url) {
  if (!URL.canParse(url) || new URL(url).protocol !== 'mysql:') throw new Error('TEST_DATABASE_URL is not a mysql:// address');
  try {
    return await versionOf(url);
  } catch (error) {
    throw new Error(`the server that TEST_DATABASE_URL names does not answer: ${error.code ?? error.message}`, { cause: error });
  }
}

/**
 * Looks for MariaDB or MySQL to test on: `TEST_DATABASE_URL`; a server on 127.0.0.1:3306 that takes `root` with an empty password;
 * a server program on this machine, which is started on private data.
 * @returns `{ url, version, place, stop }`, where `stop()` ends a server that was started here and leaves any other alone; null when
 *   there is none
 * @throws Error when `TEST_DATABASE_URL` is set and does not work, or a server program is there and does not start
 */
export async function findDatabase(env = process.env) {
  const untouched = () => Promise.resolve();
  const named = env.TEST_DATABASE_URL ?? '';
  if (named !== '') return { url: named, version: await describeNamed(named), place: 'TEST_DATABASE_URL', stop: untouched };
  const local = await versionOf(LOCAL_SERVER).catch(() => null);
  if (local !== null) return { url: LOCAL_SERVER, version: local, place: '127.0.0.1:3306', stop: untouched };
  const binary = findServerBinary(env.PATH);
  if (binary === null) return null;
  const { url, stop } = await startPrivateServer(binary);
  return { url, version: await versionOf(url), place: `${binary}, started for the tests`, stop };
}
