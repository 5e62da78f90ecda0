/** Rows of one statement: undo logs and locks stay small. */
const BATCH = 250_000;
/** Issuances of one grant: a family that has been refreshed so often. */
const FAMILY = 10;
const YEAR = 365 * 86_400_000;

/** Text that grows with the number, from one end of all hexadecimal texts to the other, so that real keys fall anywhere between. */
const spread = (number, count) => `LPAD(HEX(${number} * ${Math.floor(2 ** 48 / (count + 1))}), 12, '0')`;

/** 80 hexadecimal digits, as identifiers of tokens have. */
const identifier = (number, count, salt) =>
  `LOWER(CONCAT(${spread(number, count)}, MD5(CONCAT('${salt}', seq)), MD5(CONCAT(seq, '${salt}')), LEFT(MD5(seq), 4)))`;

function statements(tokens, clients) {
  const grants = Math.ceil(tokens / FAMILY);
  const client = (number) => `CONCAT('generated-', LPAD((${number}) % ${clients}, 33, '0'))`;
  const subject = (number) => `CONCAT('00000000-0000-4000-8000-', LPAD(HEX((${number}) % ${clients}), 12, '0'))`;
  const grant = (number) => `CONCAT(${spread(`(${number})`, grants)}, LEFT(MD5(${number}), 31))`;
  const family = `(1 + FLOOR((seq - 1) / ${FAMILY}))`;
  const scope = `'openid profile email offline_access'`;
  const listed = `'["openid","profile","email","offline_access"]'`;
  const ends = Date.now() + YEAR;
  return [
    {
      table: 'oauth_clients (client_id, client_role, client_name, redirect_uri, grant_types, scope, site_id, is_enabled)',
      count: clients,
      select: `${client('seq')}, 'user', 'Generated', 'https://app.example/callback', 'authorization_code', ${scope}, 'default', 1`,
    },
    {
      table: 'oauth_trusted_user (user_id, client_id, scope, session_cache, grant_type, time)',
      count: clients,
      select: `${subject('seq')}, ${client('seq')}, ${scope}, '{"site_id":"default"}', 'authorization_code', NOW()`,
    },
    {
      table:
        'oauth2_grant (id, client_id, subject, role, grant_type, scope, sid, auth_time, amr, acr, launch_context, created_at, expires_at)',
      count: grants,
      select: `${grant('seq')}, ${client('seq')}, ${subject('seq')}, 'users', 'authorization_code', ${scope}, ${grant('seq')}, ${ends - YEAR}, 'pwd', '1', '{}',
        ${ends - YEAR}, ${ends} + seq`,
    },
    {
      table: 'oauth2_issuance (jti, grant_id, refresh_identifier, scope, issued_at, expires_at)',
      count: tokens,
      select: `${identifier('seq', tokens, 'a')}, ${grant(family)}, ${identifier('seq', tokens, 'r')}, ${scope}, ${ends - YEAR}, ${ends} + seq`,
    },
    {
      table: 'api_token (user_id, token, expiry, client_id, scope, revoked, context)',
      count: tokens,
      select: `${subject(family)}, ${identifier('seq', tokens, 'a')}, NOW() + INTERVAL 1 YEAR, ${client(family)}, ${listed}, 0, '[]'`,
    },
    {
      table: 'api_refresh_token (user_id, client_id, token, expiry, revoked)',
      count: tokens,
      select: `${subject(family)}, ${client(family)}, ${identifier('seq', tokens, 'r')}, NOW() + INTERVAL 1 YEAR, 0`,
    },
  ];
}

/**
 * Fills Chartkey's tables with tokens of other people and apps, as years of use leave them, by MariaDB's sequences.
 * @param query of `layChartkey`
 * @param counts `{ tokens, clients }`: rows of each table of tokens, a tenth as many grants, and clients, each trusted by one person
 */
export async function fillWithTokens(query, { tokens, clients }, note) {
  for (const { table, count, select } of statements(tokens, clients)) {
    note(`${count.toLocaleString('en')} rows of ${table.split(' ')[0]}`);
    for (let from = 1; from <= count; from += BATCH) {
      await query(`INSERT INTO ${table} SELECT ${select} FROM seq_${from}_to_${Math.min(count, from + BATCH - 1)}`);
    }
  }
}
