import type { ScopeRole } from '../../src/protocol/scope/role-rules.js';
import { decideScopes } from '../../src/protocol/scope/scope-decision.js';
import { ScopeIndex } from '../../src/protocol/scope/scope-index.js';
import { serverScopeIndex } from '../../src/protocol/scope/server-scopes.js';

/** Words for the searches of the EHR's list, to keep the tables readable. */
export const SEARCHES: Readonly<Record<string, string>> = {
  ENCODED: encodeURIComponent('http://terminology.hl7.org/CodeSystem/observation-category|laboratory'),
  LAB: 'http://terminology.hl7.org/CodeSystem/observation-category|laboratory',
  VITAL: 'http://terminology.hl7.org/CodeSystem/observation-category|vital-signs',
  SURVEY: 'http://terminology.hl7.org/CodeSystem/observation-category|survey',
  SDOH: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-category|sdoh',
  PROBLEM: 'http://terminology.hl7.org/CodeSystem/condition-category|problem-list-item',
  ENCOUNTER: 'http://terminology.hl7.org/CodeSystem/condition-category|encounter-diagnosis',
  NOTE: 'http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category|clinical-note',
};

const expanded = (text: string): string => text.replaceAll(/\b[A-Z]{3,}\b/g, (word) => SEARCHES[word] ?? word);
const shortened = (text: string): string =>
  Object.entries(SEARCHES).reduce((result, [word, search]) => (word === 'ENCODED' ? result : result.replaceAll(search, word)), text);

/** What the EHR's whole list knows, back-end services included. */
export const EVERYTHING = serverScopeIndex({ site: 'default', systemScopes: true });

/**
 * Decides about one scope.
 * @param registered scopes of the client, separated by blanks; without it the client may ask for everything
 * @returns `granted`, `refused: <reason>`, or what is granted in its place: `<scopes>: <reason>`
 */
export function decided(scope: string, { registered, role = null }: { registered?: string; role?: ScopeRole | null } = {}): string {
  const index = registered === undefined ? EVERYTHING : new ScopeIndex(expanded(registered).split(' ').filter(Boolean));
  const [outcome] = decideScopes([expanded(scope)], { supported: EVERYTHING, registered: index, role });
  if (outcome === undefined) throw new Error('no outcome');
  if (outcome.outcome === 'granted') return 'granted';
  return outcome.outcome === 'refused' ? `refused: ${outcome.reason}` : `${shortened(outcome.to.join(' '))}: ${outcome.reason}`;
}
