import { createPool } from 'mysql2/promise';

/** As many connections as Chartkey opens by default. */
const CONNECTIONS = 10;
const now = () => Math.floor(Date.now() / 1000);

const SELECT = 'SELECT payload, expires_at, consumed_at FROM payload WHERE model = ? AND';
const UPSERT = `INSERT INTO payload (model, id, payload, grant_id, uid, user_code, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)
  ON DUPLICATE KEY UPDATE payload = VALUES(payload), grant_id = VALUES(grant_id), uid = VALUES(uid), user_code = VALUES(user_code),
  expires_at = VALUES(expires_at)`;

/** What oidc-provider asks of an adapter, over one table; every statement is prepared and finds its row by an index. */
class MariadbAdapter {
  constructor(pool, model) {
    this.pool = pool;
    this.model = model;
  }

  async upsert(id, payload, expiresIn) {
    const { grantId = null, uid = null, userCode = null } = payload;
    const expiresAt = expiresIn === undefined ? null : now() + expiresIn;
    await this.pool.execute(UPSERT, [this.model, id, JSON.stringify(payload), grantId, uid, userCode, expiresAt]);
  }

  find(id) {
    return this.findBy('id = ?', id);
  }

  findByUid(uid) {
    return this.findBy('uid = ?', uid);
  }

  findByUserCode(userCode) {
    return this.findBy('user_code = ?', userCode);
  }

  async findBy(condition, value) {
    const [[row]] = await this.pool.execute(`${SELECT} ${condition}`, [this.model, value]);
    if (row === undefined || (row.expires_at !== null && row.expires_at <= now())) return undefined;
    return { ...JSON.parse(row.payload), ...(row.consumed_at === null ? {} : { consumed: row.consumed_at }) };
  }

  async consume(id) {
    await this.pool.execute('UPDATE payload SET consumed_at = ? WHERE model = ? AND id = ?', [now(), this.model, id]);
  }

  async destroy(id) {
    await this.pool.execute('DELETE FROM payload WHERE model = ? AND id = ?', [this.model, id]);
  }

  async revokeByGrantId(grantId) {
    await this.pool.execute('DELETE FROM payload WHERE grant_id = ?', [grantId]);
  }
}

/**
 * Keeps everything in MariaDB: clients, sessions, grants, codes, tokens, assertions once used, people, and the access tokens that were signed,
 * which Chartkey keeps as well.
 * @param url `mysql://` address of a database with the tables of schema.sql
 * @returns `{ clients, adapter, findAccount, findByUsername, recordSigned, close }`; clients is what oidc-provider is told at its start
 */
export function makeMariadbStore(url) {
  const pool = createPool({ uri: url, connectionLimit: CONNECTIONS });
  const account = async (condition, value) => {
    const [[row]] = await pool.execute(`SELECT id, password, claims FROM account WHERE ${condition}`, [value]);
    return row === undefined ? undefined : { id: row.id, password: row.password, claims: JSON.parse(row.claims) };
  };
  return {
    clients: [],
    adapter: (model) => new MariadbAdapter(pool, model),
    findAccount: (id) => account('id = ?', id),
    findByUsername: (username) => account('username = ?', username),
    recordSigned: async ({ jti, client_id, sub, scope = null, exp }, grantId = null) => {
      const sql = 'INSERT INTO issued_token (jti, client_id, account_id, grant_id, scope, expires_at) VALUES (?, ?, ?, ?, ?, ?)';
      await pool.execute(sql, [jti, client_id, sub, grantId, scope, exp]);
    },
    close: () => pool.end(),
  };
}
