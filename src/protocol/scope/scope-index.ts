import { writeConstraint } from './scope-constraint.js';
import { EVERY_RESOURCE, parseResourceScope, type ResourceScope } from './smart-scope.js';

/** A scope that opens records, with the words it was written in. */
export interface WrittenScope extends ResourceScope {
  readonly text: string;
  /** 1: `.read`, `.write` or `.*`. @see SMART App Launch 2.2 §3.0.2.6 */
  readonly version: 1 | 2;
  /** Its search as it is written, to compare. */
  readonly search: string;
}

const VERSION_1 = /\.(read|write|\*)(\?|$)/;

/** Scopes are few and come again with every request; what is longer or more than this is read anew. */
const LONGEST_REMEMBERED = 200;
const MOST_REMEMBERED = 2000;
const READ = new Map<string, WrittenScope | null>();

/** @returns null for what does not open records */
export function readWritten(text: string): WrittenScope | null {
  const known = READ.get(text);
  if (known !== undefined) return known;
  const scope = parseResourceScope(text);
  const written = scope && {
    ...scope,
    text,
    version: VERSION_1.test(text) ? (1 as const) : (2 as const),
    search: writeConstraint(scope.constraint),
  };
  if (READ.size >= MOST_REMEMBERED) READ.clear();
  if (text.length <= LONGEST_REMEMBERED) READ.set(text, written);
  return written;
}

/** Scopes that are asked about again and again: read once, and found by what they are about. */
export class ScopeIndex {
  readonly names: ReadonlySet<string>;
  private places: ReadonlyMap<string, readonly WrittenScope[]> | null = null;

  /** @param scopes scope tokens of every kind, in the order in which they are preferred */
  constructor(scopes: Iterable<string>) {
    this.names = new Set(scopes);
  }

  /** The scopes about the same records: those of the resource, and those of every one. */
  meeting({ context, resource }: Pick<ResourceScope, 'context' | 'resource'>): readonly WrittenScope[] {
    this.places ??= placed(this.names); // most requests name what is listed, and need nothing of it read
    if (resource === EVERY_RESOURCE) return this.places.get(context) ?? [];
    const ofOne = this.places.get(placeOf({ context, resource })) ?? [];
    const ofAll = this.places.get(placeOf({ context, resource: EVERY_RESOURCE }));
    return ofAll === undefined ? ofOne : [...ofOne, ...ofAll];
  }
}

/** By context, and by context and resource. */
function placed(names: Iterable<string>): ReadonlyMap<string, readonly WrittenScope[]> {
  const places = new Map<string, WrittenScope[]>();
  for (const name of names) {
    const scope = readWritten(name);
    if (scope === null) continue;
    add(places, scope.context, scope);
    add(places, placeOf(scope), scope);
  }
  return places;
}

function placeOf({ context, resource }: Pick<ResourceScope, 'context' | 'resource'>): string {
  return `${context}/${resource}`;
}

function add(map: Map<string, WrittenScope[]>, key: string, scope: WrittenScope): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [scope]);
  else known.push(scope);
}
