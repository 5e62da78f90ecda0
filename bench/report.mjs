import { BCRYPT_COST, SIGN_INS } from './beside-sign-ins.mjs';

const number = (value, digits = 0) =>
  value === null ? '–' : value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const times = (value) => `${number(value, 2)} ×`;

/** @param texts how many columns, from the left, are words */
function table(texts, head, rows) {
  const rule = head.map((_, at) => (at < texts ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The table of loads. @param rows of `measureRounds` */
export function loadTable(rows) {
  const head = ['server', 'case', 'requests/s', 'of Nest hello', 'p50 ms', 'p99 ms', 'CPU ms/request', 'of Nest hello', 'failures'];
  const cellsOf = ({ subject, name, perSecond, ratio, p50, p99, cpu, cpuRatio, failures }) => [
    ...[subject, name, number(perSecond), times(ratio), number(p50, 2), number(p99, 2), number(cpu, 3), times(cpuRatio), number(failures)],
  ];
  return table(2, head, rows.map(cellsOf));
}

/** The table of starts and memory. @param starts of `measureStarts` @param sizes `{ name, idle, loaded }`, in MB */
export function sizeTable(starts, sizes) {
  const head = ['server', 'start ms', 'of bare Nest', 'CPU ms', 'of bare Nest', 'idle MB', 'with load, at most MB'];
  const cellsOf = ({ name, milliseconds, ratio, cpu, cpuRatio }) => {
    const { idle, loaded } = sizes.find((size) => size.name === name);
    return [name, number(milliseconds), times(ratio), number(cpu), times(cpuRatio), number(idle), number(loaded)];
  };
  return table(1, head, starts.map(cellsOf));
}

/** The table of introspection beside sign-ins. @param rows of `measureBesideSignIns` */
export function besideTable(rows) {
  const head = [
    'server',
    'connections',
    'p50 ms idle',
    'p50 ms beside',
    'ratio',
    'p99 ms idle',
    'p99 ms beside',
    'ratio',
    'sign-ins/s',
    'failures',
  ];
  const cellsOf = ({ subject, connections, idle, beside, p50Ratio, p99Ratio, signIns, failures }) => [
    ...[subject, number(connections), number(idle.p50, 2), number(beside.p50, 2), times(p50Ratio)],
    ...[number(idle.p99, 2), number(beside.p99, 2), times(p99Ratio), number(signIns, 1), number(failures)],
  ];
  return table(1, head, rows.map(cellsOf));
}

/** The table of what requests are made of. @param rows of `measurePrimitives` */
export function primitiveTable(rows) {
  return table(
    1,
    ['what', 'a second', 'ms each'],
    rows.map(({ name, perSecond, milliseconds }) => [name, number(perSecond), number(milliseconds, 3)]),
  );
}

/** The whole page. @param facts pairs of name and value @param options how it was run @param decision milliseconds; null when not measured */
export function renderReport({ facts, options, loads, beside, sizes, decision, primitives }) {
  const { rounds, seconds, connections, starts } = options;
  return `# Benchmarks

Measured by \`npm run bench -- --write\`. Every server is a Node process of its own, started from the build with the settings a person starts with. The
figures are medians of ${rounds} interleaved rounds of ${seconds} seconds with ${connections} keep-alive connections. Requests a second depend on the machine and
on what else it does; the ratios to a bare Nest-on-Fastify “hello” of the same round, and the processor time of a request, travel better.

${facts.map(([name, value]) => `- ${name}: ${value}`).join('\n')}

## Load

Processor time is that of the Node process, all threads; the database server's is not in it. *discovery-sized answer* is a fixed text as long as the
discovery document. *refresh with rotation* is a chain of refresh tokens on each connection: one transaction, and one RSA-2048 signature for each of
the two tokens that are signed. *client credentials* is a new ES384 assertion for each request: its signature is checked, two transactions, one RSA-2048
signature; *signatures alone* is plain Fastify that checks and signs the same and stores nothing. *introspection* and *userinfo* take turns over eight access tokens.

${loads}

## Introspection beside sign-ins

The same server on the same one core, first with nothing but introspection, then with ${SIGN_INS} sign-ins always in flight, each of which hashes a password
with bcrypt at cost ${BCRYPT_COST}. A connection sends its next request when it has its answer. The aim: p99 at most 3 × of idle. Alone:
\`npm run bench -- --only beside\`.

${beside}

## What requests are made of

Each by itself and again and again, in one process on one core; those of the database by plain prepared statements from that process, the server on any core. Alone: \`npm run bench -- --only primitives\`.

${primitives}

## Scopes

Deciding 300 requested scopes, seven wildcards among them, of a client that is registered for all of the EHR's: ${decision === null ? 'not measured' : `${number(decision, 2)} ms`}, median of 201 decisions
each of them reading the client's list anew. The aim: at most 2 ms. Alone: \`npm run bench -- --only scopes\`.

## Start and memory

From the start of the process to its first accepted connection, median of ${starts}; the database has been made before. Idle is resident memory some
seconds after the start, before any request. The aims: a start of at most 2 × bare Nest, at most 170 MB idle.

${sizes}
`;
}
