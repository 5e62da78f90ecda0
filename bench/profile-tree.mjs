import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';

const MAP = new URL('../dist/bundle/chartkey.mjs.map', import.meta.url);
let map = null;

/** The module that a function of the bundle comes from, e.g. `typeorm` or `src/tokens/token-issuer.ts`; what it is called where it is none. */
function originOf({ url, lineNumber, columnNumber, functionName }) {
  if (url === '') return functionName === '(garbage collector)' ? 'garbage collector' : 'V8 and native code';
  if (url.startsWith('node:')) return 'Node.js';
  map ??= new SourceMap(JSON.parse(readFileSync(MAP, 'utf8')));
  const source = url.endsWith('/chartkey.mjs') ? (map.findEntry(lineNumber, columnNumber).originalSource ?? url) : url;
  const [, inPackage] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (inPackage !== undefined) return inPackage === 'src' ? 'class-transformer' : inPackage; // whose map leaves its name out
  const [, path] = /(?:^|\/)src\/(.*)$/.exec(source) ?? [];
  return path === undefined ? 'other' : TYPEORM.test(path) ? 'typeorm' : `src/${path}`;
}

/** TypeORM's own map names its sources as if they were ours, whose files have no capitals. */
const TYPEORM = /[A-Z][^/]*$/;

/** Named after what they are of: modules of ours by their folder. */
const groupOf = (origin) => (origin.startsWith('src/') ? `Chartkey, ${origin.split('/').slice(0, -1).slice(0, 3).join('/')}` : origin);

const isIdle = ({ functionName }) => functionName === '(idle)';

/**
 * Where the busy time of a profile goes.
 * @param profile of the inspector
 * @returns `{ name, share }` in descending order: packages, and folders of our own modules
 */
export function selfTimes({ nodes, samples, timeDeltas }) {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const origins = new Map();
  const sums = new Map();
  let busy = 0;
  samples.forEach((id, at) => {
    const frame = frames.get(id);
    if (isIdle(frame)) return;
    if (!origins.has(id)) origins.set(id, groupOf(originOf(frame)));
    busy += timeDeltas[at];
    sums.set(origins.get(id), (sums.get(origins.get(id)) ?? 0) + timeDeltas[at]);
  });
  const shares = [...sums].map(([name, time]) => ({ name, share: time / busy }));
  return shares.sort((one, other) => other.share - one.share);
}

/**
 * The calls of a profile with their times, calls of the same function by the same callers put together.
 * @returns `{ name, origin, time, children }`, time in microseconds, its callees' included
 */
export function callTree({ nodes, samples, timeDeltas }) {
  const own = new Map();
  samples.forEach((id, at) => own.set(id, (own.get(id) ?? 0) + timeDeltas[at]));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const merge = (ids, name, origin) => {
    const groups = new Map();
    let time = 0;
    for (const id of ids) {
      time += own.get(id) ?? 0;
      for (const child of byId.get(id).children ?? []) {
        const frame = byId.get(child).callFrame;
        if (isIdle(frame)) continue;
        const key = `${frame.functionName} ${frame.url}:${frame.lineNumber}`;
        groups.set(key, [...(groups.get(key) ?? []), child]);
      }
    }
    const children = [...groups.values()].map((group) => {
      const frame = byId.get(group[0]).callFrame;
      return merge(group, frame.functionName || '(anonymous)', originOf(frame));
    });
    return { name, origin, time: children.reduce((sum, child) => sum + child.time, time), children };
  };
  return merge([nodes[0].id], 'all', '');
}
