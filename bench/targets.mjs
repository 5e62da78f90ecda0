import { COSTS, journeyAt } from './cases.mjs';
import { ES384_CHECK, RSA_SIGNATURE } from './primitives.mjs';
import { middle, ratio } from './rounds.mjs';
import { number, times } from './tables.mjs';
import { DISCOVERY_SIZED, JWKS_SIZED } from './yardsticks.mjs';

const CHARTKEY = 'chartkey-database';
const RIVALS = { database: 'oidc-database', memory: 'oidc-memory' };

/** The least and the most: every figure must be within. Figures that were not measured are null. */
const atLeast = (least) => (values) => values.every((value) => value >= least);
const atMost = (most) => (values) => values.every((value) => value <= most);

/** Ratios of Chartkey's case to another one, at each number of connections: `{ connections, value }`. */
function ratios({ load }, name, otherKey, otherName = name) {
  if (load === undefined) return [];
  const find = (key, of, connections) =>
    load.data.rows.find((row) => row.key === key && row.name === of && row.connections === connections);
  return load.options.connections
    .map((connections) => ({ connections, value: ratio(find(CHARTKEY, name, connections), find(otherKey, otherName, connections)) }))
    .filter(({ value }) => value !== null);
}

/** The share of signatures in the processor time of a request. @param made signatures by their primitive, and how many of each */
function signingShares({ load, primitives }, name, made) {
  if (load === undefined || primitives === undefined) return [];
  const costOf = (primitive) => primitives.data.find((row) => row.name === primitive).milliseconds;
  const cost = Object.entries(made).reduce((sum, [primitive, count]) => sum + costOf(primitive) * count, 0);
  return load.data.rows
    .filter((row) => row.key === CHARTKEY && row.name === name)
    .map((row) => ({ connections: row.connections, value: cost / middle(row, 'cpu') }));
}

const percent = (value) => `${number(value * 100)} %`;
const among = (values, show) => values.map(({ connections, value }) => `${show(value)} (${connections})`).join(', ');

function row(name, target, values, { fits, show = times }) {
  if (values.length === 0) return [name, target, 'not measured', '–'];
  return [name, target, among(values, show), fits(values.map(({ value }) => value)) ? '✔' : '✘'];
}

/** A row of Chartkey against a rival. */
function against(results, name, key, least) {
  const rival = key === RIVALS.memory ? 'oidc-provider in memory' : 'oidc-provider on the database';
  return row(name, `≥ ${least} × ${rival}`, ratios(results, name, key), { fits: atLeast(least) });
}

function documentRows(results) {
  return [
    ['discovery', DISCOVERY_SIZED],
    ['jwks', JWKS_SIZED],
  ].flatMap(([name, sized]) => [
    row(name, '≥ 80 % of Nest with the same bytes', ratios(results, name, 'nest', sized), {
      fits: atLeast(0.8),
      show: percent,
    }),
    against(results, name, RIVALS.database, 2),
  ]);
}

function tokenRows(results) {
  const asked = ['introspection', 'userinfo'].flatMap((name) => [
    against(results, name, RIVALS.database, 3),
    against(results, name, RIVALS.memory, 1),
  ]);
  const half = { fits: atLeast(0.5), show: percent };
  const made = { 'refresh with rotation': { [RSA_SIGNATURE]: 2 }, 'client credentials': { [RSA_SIGNATURE]: 1, [ES384_CHECK]: 1 } };
  const issued = Object.entries(made).flatMap(([name, signatures]) => [
    against(results, name, RIVALS.database, 1.5),
    against(results, name, RIVALS.memory, 1),
    row(name, 'signatures ≥ half of the CPU', signingShares(results, name, signatures), half),
  ]);
  const alone = ratios(results, 'client credentials', 'signing');
  return [
    ...asked,
    ...issued,
    row('client credentials', '≥ 85 % of its signatures alone', alone, {
      fits: atLeast(0.85),
      show: percent,
    }),
    against(results, journeyAt(COSTS[0]), RIVALS.database, 2),
  ];
}

function otherRows({ starts, scopes, beside }) {
  const started = starts?.data.filter(({ key }) => key === CHARTKEY).map(({ ratio: slower }) => slower) ?? [];
  const one = (name, target, values, how) => {
    const isMet = how.fits(values);
    return values.length === 0
      ? [name, target, 'not measured', '–', '']
      : [name, target, values.map(how.show).join(', '), isMet ? '✔' : '✘', ''];
  };
  return [
    one('start', '≤ 2 × bare Nest on Fastify', started, { fits: atMost(2), show: times }),
    one('scopes', '≤ 2 ms for 300', scopes === undefined ? [] : [scopes.data.milliseconds], {
      fits: atMost(2),
      show: (value) => `${number(value, 2)} ms`,
    }),
    one('introspection beside sign-ins', 'p99 ≤ 3 × idle', beside?.data.map(({ p99Ratio }) => p99Ratio) ?? [], {
      fits: atMost(3),
      show: times,
    }),
  ];
}

/** Every target beside its figure: cells of a table. In brackets: the number of connections. @param results as `renderReport` takes them */
export function targetRows(results) {
  return [...documentRows(results), ...tokenRows(results), ...otherRows(results)];
}
