import { BCRYPT_COST, SIGN_INS } from './beside-sign-ins.mjs';
import { middle, ratio } from './rounds.mjs';
import { number, table, times } from './tables.mjs';
import { targetRows } from './targets.mjs';
import { HELLO } from './yardsticks.mjs';

/** Sections in their order: the part they show, and their text above its table. */
const SECTIONS = [
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
    part: 'beside',
    title: 'Introspection beside sign-ins',
    text: `The same server on the same one core, first with nothing but introspection, then with ${SIGN_INS} sign-ins always in flight, each of which hashes a password
with bcrypt at cost ${BCRYPT_COST}. A connection sends its next request when it has its answer. The aim: p99 at most 3 × of idle.`,
    render: besideTable,
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
    text: `Each by itself and again and again, in one process on one core; those of the database by plain prepared statements from that process, the server on any core.`,
    render: (rows) =>
      table(
        1,
        ['what', 'a second', 'ms each'],
        rows.map(({ name, perSecond, milliseconds }) => [name, number(perSecond), number(milliseconds, 3)]),
      ),
  },
];

function caseTable(rows) {
  const hello = (connections) => rows.find((row) => row.key === 'nest' && row.name === HELLO && row.connections === connections);
  const head = [
    'case',
    'connections',
    'server',
    'requests/s',
    'of Nest hello',
    'p50 ms',
    'p99 ms',
    'CPU ms/request',
    'peak MB',
    'failures',
  ];
  const cellsOf = (row) => [
    ...[row.name, number(row.connections), row.subject, number(middle(row, 'perSecond')), times(ratio(row, hello(row.connections)))],
    ...[number(middle(row, 'p50'), 2), number(middle(row, 'p99'), 2), number(middle(row, 'cpu'), 3)],
    number(Math.max(...row.samples.map(({ peak }) => peak))),
    number(row.samples.reduce((sum, { failures }) => sum + failures, 0)),
  ];
  return table(3, head, rows.map(cellsOf));
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

function section(results, { part, title, text, render }) {
  const result = results[part];
  const body = result === undefined ? 'Not measured.' : `${render(result.data)}\n\n${sourceOf(result)}`;
  return `## ${title}\n\n${text} Alone: \`npm run bench -- --only ${part}\`.\n\n${body}\n`;
}

function sourceOf({ commit, at, facts, options: { rounds, seconds } }) {
  return `Measured ${at} UTC at ${commit}, ${rounds} rounds of ${seconds} seconds, ${Object.fromEntries(facts)['other work']}.`;
}

/**
 * The whole page.
 * @param results what each part measured, by its name, as `readResults` gives it; missing parts are shown as such
 */
export function renderReport(results) {
  const [first] = Object.values(results);
  const facts = (first?.facts ?? []).filter(([name]) => name !== 'other work');
  return `# Benchmarks

Measured by \`npm run bench\` and written by it (\`--write\`). Every server is a Node process of its own, started from the build with the settings a person starts
with. Figures are medians of interleaved rounds. Requests a second depend on the machine and on what else it does; ratios of the same round, and the
processor time of a request, travel better.

## Targets

Ratios are of requests a second in the same round, Chartkey on ${Object.fromEntries(facts)['database server']?.split(' ')[0] ?? 'the database'} on one core unless said.

${table(2, ['case', 'target', 'measured', 'met'], targetRows(results))}

${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

${SECTIONS.map((each) => section(results, each)).join('\n')}`;
}
