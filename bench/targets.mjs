import { COSTS, journeyAt } from './cases.mjs';
import { COST } from './hash-limit.mjs';
import { ES384_CHECK, RSA_SIGNATURE } from './primitives.mjs';
import { middle, ratio } from './rounds.mjs';
import { median } from './statistics.mjs';
import { number, times } from './tables.mjs';
import { DISCOVERY_SIZED, JWKS_SIZED } from './yardsticks.mjs';

const CHARTKEY = 'chartkey-database';
const DATABASE = { key: 'oidc-database', name: 'oidc-provider on the database' };
const MEMORY = { key: 'oidc-memory', name: 'oidc-provider in memory' };
const NEST = { key: 'nest', name: 'Nest' };

/** What growth and the soak are about. */
const MOST_ROWS = 10_000_000;
const SOAK_MINUTES = 10;

const atLeast = (least) => (value) => value >= least;
const atMost = (most) => (value) => value <= most;
const percent = (value) => `${number(value * 100)} %`;
const megabytes = (value) => `${number(value)} MB`;

/**
 * Cells of one target.
 * @param values `{ value, of }`: what was measured, and what it is of, such as a number of connections; empty when nothing was
 * @param how `{ fits, show, why, short }`: whether a value meets the target, how it is written, what a miss comes from, told by other figures, and
 *   in what way less was measured than the target is about, if so: then a value that fits decides nothing
 */
function row(name, target, values, { fits, show = times, why = () => '', short = null }) {
  if (values.length === 0) return [name, target, 'not measured', '–', ''];
  const isMet = values.every(({ value }) => fits(value));
  const measured = values.map(({ value, of }) => (of === undefined ? show(value) : `${show(value)} (${of})`)).join(', ');
  if (isMet && short !== null) return [name, target, measured, '–', short];
  return [name, target, measured, isMet ? '✔' : '✘', isMet ? '' : why()];
}

const rowsOf = ({ load }, key, name) => (load?.data.rows ?? []).filter((one) => one.key === key && one.name === name);

/** Ratios of requests a second of two cases, for each number of connections. */
function ratios(results, name, otherKey, otherName = name) {
  const others = rowsOf(results, otherKey, otherName);
  return rowsOf(results, CHARTKEY, name)
    .map((one) => ({
      of: one.connections,
      value: ratio(
        one,
        others.find(({ connections }) => connections === one.connections),
      ),
    }))
    .filter(({ value }) => value !== null);
}

/** What one request takes of a server: processor time, and round trips where they were counted. */
function costOf(results, key, name) {
  const cpu = median(rowsOf(results, key, name).map((one) => middle(one, 'cpu')));
  const counted = results.trips?.data.find((one) => one.key === key && one.name === name);
  return `${number(cpu, 3)} ms of CPU${counted === undefined ? '' : `, ${number(counted.trips)} round trips`}`;
}

function against(results, name, target, rival, least, { otherName = name, show = times } = {}) {
  const why = () => `a request takes ${costOf(results, CHARTKEY, name)}; there ${costOf(results, rival.key, otherName)}`;
  return row(name, target, ratios(results, name, rival.key, otherName), { fits: atLeast(least), show, why });
}

const timesOf = (least, rival) => `≥ ${least} × ${rival.name}`;

function documentRows(results) {
  return [
    ['discovery', DISCOVERY_SIZED],
    ['jwks', JWKS_SIZED],
  ].flatMap(([name, sized]) => [
    against(results, name, '≥ 80 % of Nest on Fastify with the same bytes', NEST, 0.8, { otherName: sized, show: percent }),
    against(results, name, timesOf(2, DATABASE), DATABASE, 2),
  ]);
}

function askedRows(results) {
  return ['introspection', 'userinfo'].flatMap((name) => {
    const counted = results.trips?.data.find((one) => one.key === CHARTKEY && one.name === name);
    const trips = counted === undefined ? [] : [{ value: counted.trips }];
    return [
      against(results, name, timesOf(3, DATABASE), DATABASE, 3),
      against(results, name, timesOf(1, MEMORY), MEMORY, 1),
      row(name, '≤ 1 round trip to the database', trips, { fits: atMost(1), show: number }),
    ];
  });
}

/** The share of signatures in the processor time of a request. @param made signatures by their primitive, and how many of each */
function signingRow(results, name, made) {
  const { primitives } = results;
  const signed = Object.entries(made).map(([what, count]) => count * (primitives?.data.find((one) => one.name === what).milliseconds ?? 0));
  const cost = signed.reduce((sum, one) => sum + one, 0);
  const found = primitives === undefined ? [] : rowsOf(results, CHARTKEY, name);
  const values = found.map((one) => ({ of: one.connections, value: cost / middle(one, 'cpu') }));
  const why = () => `signatures take ${number(cost, 2)} ms; a request ${costOf(results, CHARTKEY, name)}`;
  return row(name, 'signing ≥ half of the CPU', values, { fits: atLeast(0.5), show: percent, why });
}

function issuedRows(results) {
  const made = { 'refresh with rotation': { [RSA_SIGNATURE]: 2 }, 'client credentials': { [RSA_SIGNATURE]: 1, [ES384_CHECK]: 1 } };
  const rows = Object.entries(made).flatMap(([name, signatures]) => {
    const counted = results.trips?.data.find((one) => one.key === CHARTKEY && one.name === name);
    const transactions = counted === undefined ? [] : [{ value: counted.transactions }];
    return [
      against(results, name, timesOf(1.5, DATABASE), DATABASE, 1.5),
      against(results, name, timesOf(1, MEMORY), MEMORY, 1),
      row(name, 'one transaction', transactions, { fits: (value) => value === 1, show: number }),
      signingRow(results, name, signatures),
    ];
  });
  const alone = { key: 'signing', name: 'signatures alone' };
  return [...rows, against(results, 'client credentials', '≥ 85 % of its signatures alone', alone, 0.85, { show: percent })];
}

function hashRows({ hashing }) {
  return (hashing?.data ?? [])
    .filter(({ key }) => key === CHARTKEY)
    .map(({ name, samples }) => {
      const of = (figure) => median(samples.map((sample) => sample[figure]));
      const why = () =>
        `${number(of('cpu'), 1)} ms of CPU for one, hash included; load generator and database server are on the same cores`;
      return row(name, `≥ 90 % of the hash limit of all cores (bcrypt ${COST})`, [{ value: of('share') }], {
        ...{ fits: atLeast(0.9), show: percent, why },
      });
    });
}

/** How much more a request costs beside the most rows than beside the fewest. */
function growthRows({ growth }) {
  const { rows, pool, sizes } = growth?.data ?? { rows: [] };
  return [...new Set(rows.map(({ name }) => name))].map((name) => {
    const counts = rows.filter((one) => one.name === name).sort((one, other) => Number(one.key) - Number(other.key));
    const [fewest, most] = [counts[0], counts.at(-1)];
    const short = Number(most.key) < MOST_ROWS ? `measured beside ${number(Number(most.key))} rows only` : null;
    const values = [
      { of: 'time', value: ratio(fewest, most) },
      { of: 'CPU', value: ratio(most, fewest, 'cpu') },
    ];
    return row(`growth, ${name}`, `≤ 1.3 ×: ${number(MOST_ROWS)} rows of ${number(Number(fewest.key))}`, values, {
      ...{ fits: atMost(1.3), short },
      why: () =>
        `the database server keeps ${megabytes(pool)} in memory; its tables have ${megabytes(sizes[most.key])}, ${megabytes(sizes[fewest.key])} with the fewest rows`,
    });
  });
}

function processRows({ processes }) {
  const { rows, freeCores } = processes?.data ?? { rows: [] };
  return [...new Set(rows.map(({ name }) => name))].map((name) => {
    const [one, two] = ['1', '2'].map((key) => rows.find((each) => each.key === key && each.name === name));
    const dearer = ratio(two, one, 'cpu');
    const why = () =>
      `${freeCores < 2 ? 'there are no two free cores here, load generator and database server are on the same; ' : ''}CPU of a request ${times(dearer)} that with one`;
    return row(`two processes, ${name}`, '≥ 1.8 × one, on two free cores', [{ value: ratio(two, one) }], { fits: atLeast(1.8), why });
  });
}

function soakRows({ load, soak }) {
  const most = Math.max(...(load?.options.connections ?? [0]));
  const loaded = (load?.data.rows ?? []).filter(({ key, connections }) => key === CHARTKEY && connections === most);
  const peaks = loaded.flatMap(({ samples }) => samples.map(({ peak }) => peak));
  const peak = peaks.length === 0 ? [] : [{ of: most, value: Math.max(...peaks) }];
  const { data } = soak ?? {};
  const one = (value) => (data === undefined ? [] : [{ value }]);
  const short = data !== undefined && data.minutes < SOAK_MINUTES ? `measured for ${number(data.minutes)} minutes only` : null;
  return [
    row('memory, by case', '≤ 210 MB at 64 connections', peak, { fits: atMost(210), show: megabytes }),
    row('memory, mixed load', '≤ 210 MB at 64 connections', one(data?.most), { fits: atMost(210), show: megabytes, short }),
    row('memory, mixed load', `last quarter of ${SOAK_MINUTES} minutes ≤ 1.02 × the first`, one(data && data.last / data.first), {
      ...{ fits: atMost(1.02), short },
      why: () => `from ${megabytes(data.first)} to ${megabytes(data.last)}`,
    }),
    row('mixed load', `0 errors in ${SOAK_MINUTES} minutes`, one(data?.failures), { fits: atMost(0), show: number, short }),
  ];
}

function otherRows({ starts, scopes, beside }) {
  const started = starts?.data.filter(({ key }) => key === CHARTKEY).map((one) => ({ value: one.ratio })) ?? [];
  const decided = scopes === undefined ? [] : [{ value: scopes.data.milliseconds }];
  const besides = beside?.data.map(({ subject, connections, p99Ratio }) => ({ of: `${subject}, ${connections}`, value: p99Ratio })) ?? [];
  return [
    row('start', '≤ 2 × bare Nest on Fastify', started, { fits: atMost(2) }),
    row('scopes', '≤ 2 ms for 300', decided, { fits: atMost(2), show: (value) => `${number(value, 2)} ms` }),
    row('introspection beside sign-ins', 'p99 ≤ 3 × idle', besides, { fits: atMost(3) }),
  ];
}

/** Every target beside its figure: cells of a table. In brackets: the number of connections. @param results as `renderReport` takes them */
export function targetRows(results) {
  return [
    ...documentRows(results),
    ...askedRows(results),
    ...issuedRows(results),
    ...hashRows(results),
    against(results, journeyAt(COSTS[0]), timesOf(2, DATABASE), DATABASE, 2),
    ...growthRows(results),
    ...processRows(results),
    ...soakRows(results),
    ...otherRows(results),
  ];
}
