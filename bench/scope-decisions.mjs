import { performance } from 'node:perf_hooks';
import { median } from './statistics.mjs';

const ASKED = 300;
const WARM_UP = 50;
const RUNS = 201;

/**
 * Times one decision about 300 requested scopes, wildcards among them, of a client that is registered for everything: what an authorization request
 * costs at most. In this process, on the built modules.
 * @returns median milliseconds
 */
export async function measureScopeDecisions() {
  const { decideScopes, grantedBy } = await import('../dist/protocol/scope/scope-decision.js');
  const { ScopeIndex } = await import('../dist/protocol/scope/scope-index.js');
  const { serverScopeIndex } = await import('../dist/protocol/scope/server-scopes.js');
  const supported = serverScopeIndex({ site: 'default', systemScopes: true });
  const names = [...supported.names];
  const wildcards = ['patient/*.rs', 'patient/*.read', 'user/*.cruds', 'user/*.write', 'system/*.rs', 'patient/*.*', 'user/*.rs'];
  const requested = [...wildcards, ...names].slice(0, ASKED);
  if (requested.length !== ASKED) throw new Error(`${requested.length} scopes instead of ${ASKED}`);
  const times = [];
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const begin = performance.now();
    const granted = grantedBy(decideScopes(requested, { supported, registered: new ScopeIndex(names), role: 'users' }));
    if (granted.length < 100) throw new Error('too little was granted');
    if (run >= 0) times.push(performance.now() - begin);
  }
  return median(times);
}
