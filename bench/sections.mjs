import { BCRYPT_COST, SIGN_INS } from './beside-sign-ins.mjs';
import { COST } from './hash-limit.mjs';
import { flameFile } from './profile.mjs';
import { middle, ratio } from './rounds.mjs';
import { MIX } from './soak.mjs';
import { median } from './statistics.mjs';
import { number, table, times } from './tables.mjs';
import { HELLO } from './yardsticks.mjs';

/** Sections in their order: the part they show, and their text above its table. */
export const SECTIONS = [
  {
    part: 'load',
    title: 'Cases',
    text: `*oidc-provider* is the package of that name (version 9), which people would pick instead: with its own in-memory adapter, which is its best case and
forgets everything with the process, and with an adapter for MariaDB (\`bench/oidc-provider\`) that stores the same facts in indexed tables by prepared statements
over as many connections as Chartkey's. Processor time is that of the Node process, all threads; the database server's is not in it. The peak is the most
resident memory during the case, in the worst round.

*discovery-sized answer* and *jwks-sized answer* are fixed texts as long as Chartkey's documents. *refresh with rotation* is a chain of refresh tokens on each
connection, with an access token and an ID token signed by RS256. *client credentials* is a new ES384 assertion for each request, and an access token signed by RS256;
*signatures alone* is plain Fastify that checks and signs the same and stores nothing. *introspection* and *userinfo* take turns over eight access tokens: those
of Chartkey are signed and its answers check the signature; oidc-provider answers about opaque ones only. *code journey* is a person in a new browser who opens the
request with PKCE, signs in, consents and comes back, and an app that exchanges the code: seven requests or more. Independent requests are made by autocannon; those that are made of the
answer before them by a generator of our own (\`bench/load.mjs\`), since autocannon cuts off at its end what the next round would go on with.`,
    render: ({ rows }) => caseTable(rows),
  },
  {
    part: 'trips',
    title: 'Round trips',
    text: `What one request sends to the database and waits for, counted between the two: statements and their preparation, which a warm connection no longer needs, and
transactions that were begun. Medians of requests one after the other.`,
    render: tripTable,
  },
  {
    part: 'beside',
    title: 'Introspection beside sign-ins',
    text: `The same server on the same one core, first with nothing but introspection, then with ${SIGN_INS} sign-ins always in flight, each of which hashes a password
with bcrypt at cost ${BCRYPT_COST}. A connection sends its next request when it has its answer. The aim: p99 at most 3 × of idle.`,
    render: besideTable,
  },
  {
    part: 'hashing',
    title: 'Passwords',
    text: `Sign-ins by the password grant and by the pages up to the consent page, on all cores at once, beside what the same cores hash when they do nothing else,
measured just before. bcrypt at cost ${COST}.`,
    render: hashTable,
  },
  {
    part: 'growth',
    title: 'Growth',
    text: `The same requests beside ever more tokens of other people and apps, each number in a database of its own: so many rows in each of \`api_token\`,
\`api_refresh_token\` and \`oauth2_issuance\`, a tenth in \`oauth2_grant\`, and at most 100,000 clients, each trusted by a person. Takes many minutes for ten million.`,
    render: growthTable,
  },
  {
    part: 'processes',
    title: 'Processes',
    text: `One process, and two over the same database that share the connections, each on a core of its own.`,
    render: ({ rows }) => processTable(rows),
  },
  {
    part: 'soak',
    title: 'Soak',
    text: `One server, after a minute of warm-up, with ${Object.entries(MIX)
      .map(([name, count]) => `${count} connections of *${name}*`)
      .join(', ')}.
Resident memory, each second.`,
    render: soakTable,
  },
  {
    part: 'profile',
    title: 'Profiles',
    text: `Where Chartkey's busy time goes on the database, sampled twice a millisecond at 16 connections: by package, and by folder of its own. Signatures and hashes are made
in other threads, which share the one core.`,
    render: profileTables,
  },
  {
    part: 'starts',
    title: 'Starts',
    text: `From the start of the process to its first accepted connection, median; the database has been made before. The aim: at most 2 × bare Nest.`,
    render: startTable,
  },
  {
    part: 'scopes',
    title: 'Scopes',
    text: `Deciding 300 requested scopes, seven wildcards among them, of a client that is registered for all of the EHR's; median of 201 decisions, each of them
reading the client's list anew. The aim: at most 2 ms.`,
    render: ({ milliseconds }) => `${number(milliseconds, 2)} ms.`,
  },
  {
    part: 'primitives',
    title: 'What requests are made of',
    text: `Each by itself and again and again, in one process on one core while the other is kept busy; those of the database by plain prepared statements from that process, the server on any core.`,
    render: (rows) =>
      table(
        1,
        ['what', 'a second', 'ms each'],
        rows.map(({ name, perSecond, milliseconds }) => [name, number(perSecond), number(milliseconds, 3)]),
      ),
  },
];

const LOAD_HEAD = ['requests/s', 'p50 ms', 'p99 ms', 'CPU ms/request', 'peak MB', 'failures'];
const failuresOf = ({ samples }) => samples.reduce((sum, { failures }) => sum + failures, 0);

/** The figures of a row of `measureRounds`. */
function loadCells(row) {
  return [
    ...[number(middle(row, 'perSecond')), number(middle(row, 'p50'), 2), number(middle(row, 'p99'), 2), number(middle(row, 'cpu'), 3)],
    ...[number(Math.max(...row.samples.map(({ peak }) => peak))), number(failuresOf(row))],
  ];
}

function caseTable(rows) {
  const hello = (connections) => rows.find((row) => row.key === 'nest' && row.name === HELLO && row.connections === connections);
  const head = ['case', 'connections', 'server', 'of Nest hello', ...LOAD_HEAD];
  const cellsOf = (row) => [row.name, number(row.connections), row.subject, times(ratio(row, hello(row.connections))), ...loadCells(row)];
  return table(3, head, rows.map(cellsOf));
}

function tripTable(rows) {
  const [, rival] = [...new Set(rows.map(({ key }) => key))];
  const cellsOf = ({ name, trips, transactions }) => {
    const other = rows.find((row) => row.key === rival && row.name === name);
    return [name, number(trips), number(transactions), number(other.trips), number(other.transactions)];
  };
  const head = ['case', 'Chartkey: round trips', 'transactions', 'oidc-provider: round trips', 'transactions'];
  return table(1, head, rows.filter(({ key }) => key !== rival).map(cellsOf));
}

function besideTable(rows) {
  const sides = ['p50 ms idle', 'p50 ms beside', 'ratio', 'p99 ms idle', 'p99 ms beside', 'ratio'];
  const head = ['server', 'connections', ...sides, 'sign-ins/s', 'failures'];
  const cellsOf = ({ subject, connections, idle, beside, p50Ratio, p99Ratio, signIns, failures }) => [
    ...[subject, number(connections), number(idle.p50, 2), number(beside.p50, 2), times(p50Ratio)],
    ...[number(idle.p99, 2), number(beside.p99, 2), times(p99Ratio), number(signIns, 1), number(failures)],
  ];
  return table(1, head, rows.map(cellsOf));
}

function startTable(rows) {
  const cellsOf = ({ name, milliseconds, ratio: slower, cpu, cpuRatio }) => [
    ...[name, number(milliseconds), times(slower), number(cpu), times(cpuRatio)],
  ];
  return table(1, ['server', 'start ms', 'of bare Nest', 'CPU ms', 'of bare Nest'], rows.map(cellsOf));
}

function hashTable(rows) {
  const of = ({ samples }, figure) => median(samples.map((sample) => sample[figure]));
  const head = ['server', 'case', 'a second', 'hash limit', 'of it', 'p50 ms', 'p99 ms', 'CPU ms each', 'failures'];
  const cellsOf = (row) => [
    ...[row.subject, row.name, number(of(row, 'perSecond'), 1), number(of(row, 'limit'), 1), `${number(of(row, 'share') * 100)} %`],
    ...[number(of(row, 'p50')), number(of(row, 'p99')), number(of(row, 'cpu'), 1)],
    number(failuresOf(row)),
  ];
  return table(2, head, rows.map(cellsOf));
}

function growthTable({ rows, pool, sizes }) {
  const cellsOf = (row) => [row.name, number(Number(row.key)), number(sizes[row.key]), ...loadCells(row)];
  const head = ['case', 'rows', 'tables MB', ...LOAD_HEAD];
  return `${table(1, head, rows.map(cellsOf))}\n\nThe database server keeps ${number(pool)} MB in memory (\`innodb_buffer_pool_size\`).`;
}

function processTable(rows) {
  const cellsOf = (row) => [row.name, row.subject, ...loadCells(row)];
  return table(2, ['case', 'processes', ...LOAD_HEAD], rows.map(cellsOf));
}

function soakTable({ subject, minutes, requests, failures, first, last, most }) {
  const head = ['server', 'minutes', 'requests', 'failures', 'first quarter MB', 'last quarter MB', 'most MB'];
  return table(1, head, [
    [subject, number(minutes), number(requests), number(failures), number(first, 1), number(last, 1), number(most, 1)],
  ]);
}

function profileTables(rows) {
  const percents = (packages) => packages.map(({ name, share }) => `${name} ${number(share * 100)} %`).join(', ');
  const cellsOf = ({ name, packages }) => [`[${name}](images/${flameFile(name)})`, percents(packages)];
  return table(2, ['case, with its flame graph', 'busy time'], rows.map(cellsOf));
}
