import { join } from 'node:path';
import { measureBesideSignIns } from './beside-sign-ins.mjs';
import { measureCases } from './case-load.mjs';
import { measureGrowth } from './growth.mjs';
import { measureHashLimit } from './hash-limit.mjs';
import { measurePrimitives } from './primitives.mjs';
import { measureProcesses } from './processes.mjs';
import { measureProfiles } from './profile.mjs';
import { measureRoundTrips } from './round-trips.mjs';
import { measureScopeDecisions } from './scope-decisions.mjs';
import { soak } from './soak.mjs';
import { measureStarts } from './starts.mjs';
import { layYardstick } from './yardsticks.mjs';

async function besideSignIns({ options, note, layChartkeys, start }) {
  const subjects = [];
  for (const laid of await layChartkeys()) {
    const server = await start(laid);
    subjects.push({ name: laid.name, server, tenant: await laid.prepare(server) });
  }
  return measureBesideSignIns(subjects, options, note);
}

async function starts({ folder, options, note, layServers }) {
  const laid = [layYardstick(join(folder, 'bare'), 'nest'), ...(await layServers())];
  for (const one of laid) await (await one.start()).stop(); // makes what is made once
  return measureStarts(laid, options, note);
}

/**
 * The parts of the benchmark, each of which can be measured by itself. `measure(run, isWanted)` returns what is kept; only `load` asks
 * which of its cases are wanted. What takes many minutes runs only when it is asked for by name.
 */
export const PARTS = [
  { name: 'load', isUsual: true, measure: measureCases },
  { name: 'trips', isUsual: true, measure: measureRoundTrips },
  { name: 'beside', isUsual: true, measure: besideSignIns },
  { name: 'hashing', isUsual: true, measure: measureHashLimit },
  { name: 'processes', isUsual: true, measure: measureProcesses },
  { name: 'starts', isUsual: true, measure: starts },
  { name: 'scopes', isUsual: true, measure: async () => ({ milliseconds: await measureScopeDecisions() }) },
  { name: 'primitives', isUsual: true, measure: ({ database }) => measurePrimitives(database?.url ?? null) },
  { name: 'growth', isUsual: false, measure: measureGrowth },
  { name: 'profile', isUsual: false, measure: measureProfiles },
  { name: 'soak', isUsual: false, measure: soak },
];
