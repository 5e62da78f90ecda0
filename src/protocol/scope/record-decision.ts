import type { ScopeGround, ScopeOutcome, ScopeReason } from './scope-outcome.js';
import { isOfFhir, restrictToRole } from './role-rules.js';
import { writeConstraint } from './scope-constraint.js';
import type { ScopeIndex, WrittenScope } from './scope-index.js';
import {
  coversResource,
  EVERY_RESOURCE,
  coverTogether,
  intersectResource,
  LETTERS,
  narrowResource,
  type ResourceScope,
  withoutCovered,
  writeResourceScope,
} from './smart-scope.js';

/**
 * Decides about one scope for records: what the EHR has of it, then what the client is registered for, then what the role may. A wildcard becomes
 * what it stands for, since the EHR's API knows none. A search counts only if the EHR's list has it: its API would not apply another one, and the
 * token would open more than it says.
 * @see SMART App Launch 2.2 §3.0.2.2 to §3.0.2.6; the EHR's ScopeRepository
 */
export function decideRecords(wanted: WrittenScope, { supported, registered, role }: ScopeGround): ScopeOutcome {
  const scope = wanted.text;
  if (isListed(wanted, { supported, registered, role })) return { scope, outcome: 'granted' };
  const offered = offeredOf(wanted, supported);
  if (offered.length === 0) return { scope, outcome: 'refused', reason: 'not-offered' };
  const ofClient = offered.flatMap((each) => narrowResource(each, registered.meeting(each))).filter((each) => isSearchOf(supported, each));
  if (ofClient.length === 0) return { scope, outcome: 'refused', reason: 'not-registered' };
  const ofRole = role === null ? ofClient : ofClient.flatMap((each) => restrictToRole(role, each) ?? []);
  if (ofRole.length === 0) return { scope, outcome: 'refused', reason: 'not-for-role' };
  if (coverTogether(ofRole, wanted)) return { scope, outcome: 'granted' };
  const to = withoutCovered(ofRole).flatMap((each) => wordsFor(each, wanted, supported));
  return { scope, outcome: 'narrowed', to: [...new Set(to)], reason: reasonFor(offered, ofClient, ofRole) };
}

/** Known, registered and open to the role in the very words of the request: the usual case, and what the rest would find as well. */
function isListed(wanted: WrittenScope, { supported, registered, role }: ScopeGround): boolean {
  if (!supported.names.has(wanted.text) || !registered.names.has(wanted.text)) return false;
  return role === null || restrictToRole(role, wanted)?.letters.length === wanted.letters.length;
}

/** The stage at which the first part was lost. */
function reasonFor(offered: readonly ResourceScope[], ofClient: readonly ResourceScope[], ofRole: readonly ResourceScope[]): ScopeReason {
  if (!offered.every((each) => coverTogether(ofClient, each))) return 'not-registered';
  if (!ofClient.every((each) => coverTogether(ofRole, each))) return 'not-for-role';
  return 'not-offered';
}

/** Whether the EHR's API can apply the search of a scope. */
function isSearchOf(supported: ScopeIndex, scope: ResourceScope): boolean {
  const search = writeConstraint(scope.constraint);
  return search === '' || supported.meeting(scope).some((entry) => entry.search === search);
}

/** What the list has of a scope: one for each resource, search and operation, all letters together. */
function offeredOf(wanted: ResourceScope, supported: ScopeIndex): ResourceScope[] {
  const merged = new Map<string, ResourceScope>();
  for (const entry of supported.meeting(wanted)) {
    if (wanted.resource === EVERY_RESOURCE && !isOfFhir(entry)) continue; // SMART's wildcard is about FHIR, not about the EHR's own API
    const common = intersectResource(wanted, entry);
    if (common === null || writeConstraint(common.constraint) !== entry.search) continue;
    const key = `${common.resource} ${common.operation ?? ''} ${entry.search}`;
    const known = merged.get(key)?.letters ?? [];
    merged.set(key, { ...common, letters: LETTERS.filter((letter) => known.includes(letter) || common.letters.includes(letter)) });
  }
  return withoutCovered([...merged.values()]);
}

/** Names a scope as the EHR's list does, if it has the words, and in the version in which it was requested. */
function wordsFor(scope: ResourceScope, { version }: WrittenScope, supported: ScopeIndex): string[] {
  const known = supported.meeting(scope).filter((entry) => coversResource(scope, entry));
  const sameVersion = known.filter((entry) => entry.version === version);
  const words = [sameVersion, known].find((entries) => coverTogether(entries, scope));
  return words === undefined ? [writeResourceScope(scope)] : withoutCovered(words).map(({ text }) => text);
}
