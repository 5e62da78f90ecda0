/** One search parameter and the values of which any one will do (FHIR Search: a comma means "or"). */
interface Term {
  readonly name: string;
  /** Not empty; sorted, once each. */
  readonly values: readonly string[];
}

/** Search parameters that must all hold (FHIR Search: a repeated parameter means "and"). Empty: no restriction. Sorted. */
export type Constraint = readonly Term[];

const NAME = /^[A-Za-z_][A-Za-z0-9_.:-]*$/;

/**
 * Reads the part of a scope behind its question mark.
 * @param query without the question mark, percent-encoded or not; undefined without one
 * @returns null when it is no list of `name=value`
 * @see SMART App Launch 2.2 §3.0.2.3
 */
export function parseConstraint(query: string | undefined): Constraint | null {
  if (query === undefined) return [];
  const terms = query.split('&').map(parseTerm);
  return terms.every((term) => term !== null) ? simplified(terms) : null;
}

function parseTerm(text: string): Term | null {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(at, 0));
  const values = text
    .slice(at + 1)
    .split(',')
    .map(decoded);
  if (!NAME.test(name) || values.some((value) => value === null || value === '')) return null;
  return { name, values: [...new Set(values as string[])].sort() };
}

function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** Characters that separate in a scope or in its query, and what no scope may hold (RFC 6749 §3.3). */
const SEPARATING = /[\s&,%"\\]|[^\x21-\x7E]/gu;

/** Writes it with its question mark; the empty text when there is no restriction. */
export function writeConstraint(constraint: Constraint): string {
  if (constraint.length === 0) return '';
  return `?${constraint.map(({ name, values }) => `${name}=${values.map(escaped).join(',')}`).join('&')}`;
}

function escaped(value: string): string {
  return value.replaceAll(SEPARATING, (character) => encodeURIComponent(character));
}

/** Whether whatever fulfils `inner` fulfils `outer`: each term of `outer` is demanded by `inner` at least as strictly. */
export function isConstraintWithin(inner: Constraint, outer: Constraint): boolean {
  return outer.every((wide) => inner.some((narrow) => implies(narrow, wide)));
}

/** Both must hold. */
export function joinConstraints(one: Constraint, other: Constraint): Constraint {
  return simplified([...one, ...other]);
}

function implies(narrow: Term, wide: Term): boolean {
  return narrow.name === wide.name && narrow.values.every((value) => wide.values.includes(value));
}

/** Without terms that another one implies; in one order, so that equal restrictions are equal texts. */
function simplified(terms: readonly Term[]): Constraint {
  const key = ({ name, values }: Term): string => JSON.stringify([name, values]);
  return terms
    .filter(
      (term, place) =>
        !terms.some((other, otherPlace) => place !== otherPlace && implies(other, term) && (!implies(term, other) || otherPlace < place)),
    )
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}
