import { isConstraintWithin, joinConstraints, parseConstraint, type Constraint, writeConstraint } from './scope-constraint.js';

/** Whose records a scope opens: the patient in context, all that the user may see, or all there are. @see SMART App Launch 2.2 §3.0.2 */
export type ScopeContext = 'patient' | 'user' | 'system';

/** What may be done with a record: create, read, update, delete, search. */
export type Letter = 'c' | 'r' | 'u' | 'd' | 's';

/** The order in which a scope names them. */
export const LETTERS: readonly Letter[] = ['c', 'r', 'u', 'd', 's'];

/** Version 1 in the words of version 2. @see SMART App Launch 2.2 §3.0.2.6 */
const VERSION_1: ReadonlyMap<string, readonly Letter[]> = new Map<string, readonly Letter[]>([
  ['read', ['r', 's']],
  ['write', ['c', 'u', 'd']],
  ['*', LETTERS],
]);

const FORM = /^(patient|user|system)\/(\*|[A-Za-z][A-Za-z0-9_]*)\.([a-z]+|\*|\$[A-Za-z][A-Za-z0-9-]*)(?:\?(.+))?$/;
const CRUDS = /^(?=.)c?r?u?d?s?$/;
/** In the place of a resource: all of them. */
export const EVERY_RESOURCE = '*';

/**
 * A scope that opens records. `letters` are in order and not empty, or `operation` names one of the EHR's (`$docref`): one of the two.
 * `constraint` narrows it to what a search with these parameters finds.
 */
export interface ResourceScope {
  readonly context: ScopeContext;
  /** Name of a resource; `*` for every one. */
  readonly resource: string;
  readonly letters: readonly Letter[];
  readonly operation: string | null;
  readonly constraint: Constraint;
}

/**
 * Reads one scope of version 1 (`.read`, `.write`, `.*`) or 2 (`.cruds`, in this order, with or without a search).
 * @param text one scope token
 * @returns null for every scope that does not open records, and for one that breaks the grammar
 * @see SMART App Launch 2.2 §3.0.2
 */
export function parseResourceScope(text: string): ResourceScope | null {
  const parts = FORM.exec(text);
  if (parts === null) return null;
  const [, context, resource, permission, query] = parts as unknown as [string, ScopeContext, string, string, string | undefined];
  const constraint = parseConstraint(query);
  if (constraint === null) return null;
  if (permission.startsWith('$')) return { context, resource, letters: [], operation: permission, constraint };
  const letters = VERSION_1.get(permission) ?? lettersOf(permission);
  return letters === null ? null : { context, resource, letters, operation: null, constraint };
}

function lettersOf(permission: string): readonly Letter[] | null {
  return CRUDS.test(permission) ? LETTERS.filter((letter) => permission.includes(letter)) : null;
}

/** Writes a scope in version 2. */
export function writeResourceScope(scope: ResourceScope): string {
  const permission = scope.operation ?? scope.letters.join('');
  return `${scope.context}/${scope.resource}.${permission}${writeConstraint(scope.constraint)}`;
}

/**
 * Whether everything that `inner` opens, `outer` opens as well.
 * Contexts are never compared: what a user may see says nothing about a patient's own records.
 */
export function coversResource(outer: ResourceScope, inner: ResourceScope): boolean {
  return (
    outer.context === inner.context &&
    (outer.resource === EVERY_RESOURCE || outer.resource === inner.resource) &&
    outer.operation === inner.operation &&
    inner.letters.every((letter) => outer.letters.includes(letter)) &&
    isConstraintWithin(inner.constraint, outer.constraint)
  );
}

/**
 * What both scopes open. Where both carry a search, the answer carries both.
 * @returns null when that is nothing
 */
export function intersectResource(one: ResourceScope, other: ResourceScope): ResourceScope | null {
  if (one.context !== other.context || one.operation !== other.operation) return null;
  const resource = meetingResource(one.resource, other.resource);
  const letters = one.letters.filter((letter) => other.letters.includes(letter));
  if (resource === null || (one.operation === null && letters.length === 0)) return null;
  return { ...one, resource, letters, constraint: joinConstraints(one.constraint, other.constraint) };
}

function meetingResource(one: string, other: string): string | null {
  if (one === other || other === EVERY_RESOURCE) return one;
  return one === EVERY_RESOURCE ? other : null;
}

/**
 * Whether a set of scopes opens everything that one scope opens, letter by letter: `.r` and `.s` together open `.rs`.
 * @param outers scopes whose openings add up
 */
export function coverTogether(outers: readonly ResourceScope[], inner: ResourceScope): boolean {
  if (outers.some((outer) => coversResource(outer, inner))) return true;
  if (inner.letters.length < 2) return false;
  return inner.letters.every((letter) => outers.some((outer) => coversResource(outer, { ...inner, letters: [letter] })));
}

/**
 * What of one scope a set of scopes opens: scopes of the same resource and search are told as one.
 * @returns empty when nothing; the scope itself when all of it
 */
export function narrowResource(wanted: ResourceScope, available: readonly ResourceScope[]): ResourceScope[] {
  if (coverTogether(available, wanted)) return [wanted];
  const merged = new Map<string, ResourceScope>();
  for (const candidate of available) {
    const common = intersectResource(wanted, candidate);
    if (common === null) continue;
    const key = `${common.resource} ${common.operation ?? ''} ${writeConstraint(common.constraint)}`;
    const known = merged.get(key)?.letters ?? [];
    merged.set(key, { ...common, letters: LETTERS.filter((letter) => known.includes(letter) || common.letters.includes(letter)) });
  }
  return withoutCovered([...merged.values()]);
}

/** The scopes that no other one of them opens anyway. Of two that open the same, the first stays. */
export function withoutCovered<Scope extends ResourceScope>(scopes: readonly Scope[]): Scope[] {
  const byResource = new Map<string, Scope[]>();
  for (const scope of scopes) {
    const others = byResource.get(scope.resource);
    if (others === undefined) byResource.set(scope.resource, [scope]);
    else others.push(scope);
  }
  const ofAll = byResource.get(EVERY_RESOURCE) ?? [];
  return scopes.filter((scope) => {
    const ofOne = byResource.get(scope.resource) ?? [];
    return !isCoveredBy(ofOne, scope) && (scope.resource === EVERY_RESOURCE || !isCoveredBy(ofAll, scope));
  });
}

function isCoveredBy(others: readonly ResourceScope[], scope: ResourceScope): boolean {
  const place = others.indexOf(scope);
  return others.some(
    (other, otherPlace) =>
      place !== otherPlace && coversResource(other, scope) && (!coversResource(scope, other) || otherPlace < place || place === -1),
  );
}

/**
 * Whether granted scopes open what another one opens: records by what may be done with them, in the words of either version; anything else
 * by its name.
 * @param granted scope tokens, of records and others
 * @param wanted one scope token
 */
export function isOpenedBy(granted: readonly string[], wanted: string): boolean {
  if (granted.includes(wanted)) return true;
  const scope = parseResourceScope(wanted);
  if (scope === null) return false;
  return coverTogether(
    granted.map(parseResourceScope).filter((each) => each !== null),
    scope,
  );
}
