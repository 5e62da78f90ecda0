import { randomUUID } from 'node:crypto';

/** Runs one statement with every right. */
type Query = (sql: string) => Promise<unknown>;

/**
 * Makes an account of the database server that has some rights on one database.
 * @param rights as GRANT names them
 * @param url `DATABASE_URL` with an account that may make accounts
 */
export async function limitedAccount(query: Query, url: URL, rights: string): Promise<{ url: string; drop: () => Promise<unknown> }> {
  const name = `chartkey_${randomUUID().replaceAll('-', '').slice(0, 16)}`;
  const limited = new URL(url);
  limited.username = name;
  limited.password = randomUUID();
  await query(`CREATE USER '${name}'@'%' IDENTIFIED BY '${limited.password}'`);
  await query(`CREATE USER '${name}'@'localhost' IDENTIFIED BY '${limited.password}'`);
  for (const host of ['%', 'localhost']) await query(`GRANT ${rights} ON \`${url.pathname.slice(1)}\`.* TO '${name}'@'${host}'`);
  return { url: limited.href, drop: () => query(`DROP USER '${name}'@'%', '${name}'@'localhost'`) };
}
