import { spawn } from 'node:child_process';
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { hash, verify as verifyPassword } from '@node-rs/bcrypt';
import { createPool } from 'mysql2/promise';
import { PINS } from './machine.mjs';
import { createScratchDatabase } from './scratch-database.mjs';

export const RSA_SIGNATURE = 'RSA-2048 signature';
export const ES384_CHECK = 'ES384 check';
const CONNECTIONS = 16;
const MILLISECONDS = 2000;
const ROWS = 10_000;

/** Does something again and again, by so many at once, for a while. @returns `{ perSecond, milliseconds }`, the latter of one from begin to end */
async function rate(work, atOnce = 1) {
  await work(0);
  const end = performance.now() + MILLISECONDS;
  const begin = performance.now();
  let done = 0;
  const worker = async () => {
    while (performance.now() < end) await work((done += 1));
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const elapsed = performance.now() - begin;
  return { perSecond: (done / elapsed) * 1000, milliseconds: (elapsed * atOnce) / done };
}

async function measureDatabase(server) {
  const database = await createScratchDatabase(server);
  const pool = createPool({ uri: database.url, connectionLimit: CONNECTIONS });
  try {
    await pool.query('CREATE TABLE bench (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY, text VARCHAR(200) NOT NULL) ENGINE=InnoDB');
    await pool.query('INSERT INTO bench (text) VALUES ?', [Array.from({ length: ROWS }, () => ['x'.repeat(200)])]);
    const read = (number) => pool.execute('SELECT text FROM bench WHERE id = ?', [(number % ROWS) + 1]);
    const insert = () => pool.execute('INSERT INTO bench (text) VALUES (?)', ['x'.repeat(200)]);
    return [
      { name: 'primary-key read, 1 connection', ...(await rate(read)) },
      { name: `primary-key read, ${CONNECTIONS} connections`, ...(await rate(read, CONNECTIONS)) },
      { name: 'insert of one row and its commit, 1 connection', ...(await rate(insert)) },
      { name: `insert of one row and its commit, ${CONNECTIONS} connections`, ...(await rate(insert, CONNECTIONS)) },
    ];
  } finally {
    await pool.end();
    await database.drop();
  }
}

/** Keeps the core of the servers busy, as it is while they are measured: two cores of one processor slow each other down. @returns what ends it */
function keepServersCoreBusy() {
  if (PINS === null) return () => {};
  const burner = spawn('taskset', ['--cpu-list', PINS.servers, process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' });
  return () => burner.kill('SIGKILL');
}

/**
 * Measures what requests are made of, each by itself, in this process on the core of the load.
 * @param server `mysql://` address; null without one
 * @returns list of `{ name, perSecond, milliseconds }`
 */
export async function measurePrimitives(server) {
  const stop = keepServersCoreBusy();
  try {
    return await measureAlone(server);
  } finally {
    stop();
  }
}

async function measureAlone(server) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = Buffer.from('x'.repeat(600));
  const signature = sign('sha256', text, privateKey);
  const password = 'Clinic#Demo1';
  const hashes = new Map(await Promise.all([4, 10, 12].map(async (cost) => [cost, await hash(password, { cost })])));
  const bcrypt = async ([cost, stored]) => ({ name: `bcrypt, cost ${cost}`, ...(await rate(() => verifyPassword(password, stored))) });
  const rows = [
    { name: RSA_SIGNATURE, ...(await rate(async () => sign('sha256', text, privateKey))) },
    { name: 'RSA-2048 check', ...(await rate(async () => verify('sha256', text, publicKey, signature))) },
  ];
  const curve = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const assertion = sign('sha384', text, curve.privateKey);
  rows.push({ name: ES384_CHECK, ...(await rate(async () => verify('sha384', text, curve.publicKey, assertion))) });
  for (const entry of hashes) rows.push(await bcrypt(entry));
  return server === null ? rows : [...rows, ...(await measureDatabase(server))];
}
