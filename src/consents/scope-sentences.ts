import type { GapsOfKey, WordKey, Words } from '../platform/i18n/words.js';
import { findResourceNoun, type ResourceNoun } from './resource-nouns.js';

/** The groups in which a person is asked, in the order of the page. */
export const SCOPE_GROUP_NAMES = ['identity', 'recordRead', 'recordChange', 'api', 'stayConnected'] as const;
export type ScopeGroupName = (typeof SCOPE_GROUP_NAMES)[number];

/** One scope in words. A `fixed` scope cannot be unticked, because without it there is no request. */
export interface ScopeLine {
  scope: string;
  sentence: string;
  fixed: boolean;
}

/** The scopes of one group, in the order in which the client asked for them; never empty. */
export interface ScopeGroup {
  name: ScopeGroupName;
  lines: readonly ScopeLine[];
}

type Placed = { group: ScopeGroupName; sentence: string };
type Context = 'patient' | 'user' | 'system';
type ResourceScope = { context: Context; resource: string; operation: string; restriction: string };
type ScopeKey<Gap extends string = never> = {
  [Key in Extract<WordKey, `scopes.${string}`>]: [GapsOfKey<Key>] extends [Gap] ? ([Gap] extends [GapsOfKey<Key>] ? Key : never) : never;
}[Extract<WordKey, `scopes.${string}`>];

const NAMED_SCOPES = new Map<string, { group: ScopeGroupName; key: ScopeKey }>([
  ['openid', { group: 'identity', key: 'scopes.openid' }],
  ['profile', { group: 'identity', key: 'scopes.profile' }],
  ['name', { group: 'identity', key: 'scopes.name' }],
  ['given_name', { group: 'identity', key: 'scopes.givenName' }],
  ['family_name', { group: 'identity', key: 'scopes.familyName' }],
  ['nickname', { group: 'identity', key: 'scopes.nickname' }],
  ['email', { group: 'identity', key: 'scopes.email' }],
  ['email_verified', { group: 'identity', key: 'scopes.emailVerified' }],
  ['phone', { group: 'identity', key: 'scopes.phone' }],
  ['phone_verified', { group: 'identity', key: 'scopes.phoneVerified' }],
  ['address', { group: 'identity', key: 'scopes.address' }],
  ['fhirUser', { group: 'identity', key: 'scopes.fhirUser' }],
  ['launch', { group: 'recordRead', key: 'scopes.launch' }],
  ['launch/patient', { group: 'recordRead', key: 'scopes.launchPatient' }],
  ['launch/encounter', { group: 'recordRead', key: 'scopes.launchEncounter' }],
  ['api:oemr', { group: 'api', key: 'scopes.apiOemr' }],
  ['api:fhir', { group: 'api', key: 'scopes.apiFhir' }],
  ['api:port', { group: 'api', key: 'scopes.apiPort' }],
  ['api:pofh', { group: 'api', key: 'scopes.apiPofh' }],
  ['offline_access', { group: 'stayConnected', key: 'scopes.offline' }],
  ['online_access', { group: 'stayConnected', key: 'scopes.online' }],
]);

type Reach = ResourceNoun['belongsTo'] | 'bulk';

const OPERATIONS = new Map<string, { group: ScopeGroupName; key: ScopeKey<'reach'>; reach: Reach }>([
  ['DocumentReference.$docref', { group: 'recordRead', key: 'scopes.docref', reach: 'record' }],
  ['Patient.$export', { group: 'recordRead', key: 'scopes.exportPatients', reach: 'bulk' }],
  ['Group.$export', { group: 'recordRead', key: 'scopes.exportGroups', reach: 'bulk' }],
  ['*.$export', { group: 'recordRead', key: 'scopes.exportAll', reach: 'bulk' }],
  ['*.$bulkdata-status', { group: 'recordRead', key: 'scopes.exportStatus', reach: 'bulk' }],
  ['insurance.$swap-insurance', { group: 'recordChange', key: 'scopes.swapInsurance', reach: 'record' }],
]);

/** How far a permission reaches: phrases that fit behind every noun of their language. */
const REACH = {
  record: { patient: 'scopes.reachRecordPatient', user: 'scopes.reachRecordUser', system: 'scopes.reachRecordSystem' },
  clinic: { patient: 'scopes.reachClinicPatient', user: 'scopes.reachClinicUser', system: 'scopes.reachClinicSystem' },
  bulk: { patient: 'scopes.reachBulkPatient', user: 'scopes.reachBulkUser', system: 'scopes.reachBulkSystem' },
} as const satisfies Record<Reach, Record<Context, ScopeKey>>;

/**
 * Puts scopes in words and groups. Every scope, known or not, lands in exactly one group with a sentence.
 * @param scopes scope tokens as requested; a repeated one counts once
 * @returns the groups that have a scope, in the order of the page
 * @see SMART App Launch 2.2, "Scopes and Launch Context"; OIDC Core §5.4, §11
 */
export function describeScopes(scopes: readonly string[], words: Words): ScopeGroup[] {
  const placed = [...new Set(scopes)].map((scope) => ({ scope, ...place(scope, words) }));
  return SCOPE_GROUP_NAMES.flatMap((name) => {
    const lines = placed
      .filter(({ group }) => group === name)
      .map(({ scope, sentence }) => ({ scope, sentence, fixed: scope === 'openid' }));
    return lines.length === 0 ? [] : [{ name, lines }];
  });
}

function place(scope: string, words: Words): Placed {
  const named = NAMED_SCOPES.get(scope);
  if (named !== undefined) return { group: named.group, sentence: words.say(named.key) };
  const resourceScope = findResourceScope(scope);
  const about = resourceScope === null ? null : placeResourceScope(resourceScope, words);
  return about ?? placeOther(scope, words);
}

function placeOther(scope: string, words: Words): Placed {
  const [prefix, rest] = splitOnce(scope, /[:/]/);
  if (prefix === 'site' && rest !== '') return { group: 'api', sentence: words.say('scopes.site', { site: rest }) };
  if (prefix === 'launch' && rest !== '') return { group: 'recordRead', sentence: words.say('scopes.launchOther', { what: rest }) };
  return { group: 'api', sentence: words.say('scopes.unknown', { scope }) };
}

/** context[/ or :]resource.operation[?restriction], as the EHR reads it (its ScopeEntity accepts both separators). */
function findResourceScope(scope: string): ResourceScope | null {
  const [name, restriction] = splitOnce(scope, /\?/);
  const parts = /^(patient|user|system)[/:]([^.]+)\.(.+)$/.exec(name);
  const [, context, resource, operation] = parts ?? [];
  if (context === undefined || resource === undefined || operation === undefined) return null;
  return { context: context as Context, resource, operation, restriction };
}

function placeResourceScope({ context, resource, operation, restriction }: ResourceScope, words: Words): Placed | null {
  const { noun, belongsTo } = findResourceNoun(resource, restriction, words);
  const reach = (of: Reach): string => words.say(REACH[of][context]);
  if (operation.startsWith('$')) {
    const known = OPERATIONS.get(`${resource}.${operation}`);
    if (known !== undefined) return { group: known.group, sentence: words.say(known.key, { reach: reach(known.reach) }) };
    return { group: 'recordChange', sentence: words.say('scopes.operation', { operation, what: noun, reach: reach(belongsTo) }) };
  }
  const letters = findLetters(operation);
  if (letters === null) return null;
  const sentence = words.say('scopes.sentence', { verbs: verbsOf(letters, words), what: noun, reach: reach(belongsTo) });
  return {
    group: /[cud]/.test(letters) ? 'recordChange' : 'recordRead',
    sentence: sentence.charAt(0).toLocaleUpperCase(words.language.tag) + sentence.slice(1),
  };
}

/** Letters of SMART v2, in their fixed order c r u d s. The words of v1 stand for sets of them. @see SMART App Launch 2.2, "Scopes for requesting FHIR Resources" */
function findLetters(operation: string): string | null {
  if (operation === 'read') return 'rs';
  if (operation === 'write') return 'cud';
  if (operation === '*') return 'cruds';
  return /^c?r?u?d?s?$/.test(operation) ? operation : null;
}

function verbsOf(letters: string, words: Words): string {
  const verbs: ScopeKey[] = [
    ...(letters.includes('r') ? ['scopes.see' as const] : letters.includes('s') ? ['scopes.find' as const] : []),
    ...(letters.includes('c') ? ['scopes.add' as const] : []),
    ...(letters.includes('u') ? ['scopes.change' as const] : []),
    ...(letters.includes('d') ? ['scopes.delete' as const] : []),
  ];
  return words.list(verbs.map((key) => words.say(key)));
}

function splitOnce(value: string, separator: RegExp): [string, string] {
  const at = value.search(separator);
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}
