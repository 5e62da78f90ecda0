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

const NAMED_SCOPES = new Map<string, Placed>([
  ['openid', { group: 'identity', sentence: 'Know that it is you, now and when you come back.' }],
  ['profile', { group: 'identity', sentence: 'See your name and other basic profile details.' }],
  ['name', { group: 'identity', sentence: 'See your full name.' }],
  ['given_name', { group: 'identity', sentence: 'See your first name.' }],
  ['family_name', { group: 'identity', sentence: 'See your family name.' }],
  ['nickname', { group: 'identity', sentence: 'See your nickname.' }],
  ['email', { group: 'identity', sentence: 'See your e-mail address.' }],
  ['email_verified', { group: 'identity', sentence: 'See whether your e-mail address was verified.' }],
  ['phone', { group: 'identity', sentence: 'See your phone number.' }],
  ['phone_verified', { group: 'identity', sentence: 'See whether your phone number was verified.' }],
  ['address', { group: 'identity', sentence: 'See your postal address.' }],
  ['fhirUser', { group: 'identity', sentence: 'Know which person in the health record you are.' }],
  ['launch', { group: 'recordRead', sentence: 'Know which patient and visit are open when you start the app.' }],
  ['launch/patient', { group: 'recordRead', sentence: 'Know which patient is chosen.' }],
  ['launch/encounter', { group: 'recordRead', sentence: 'Know which visit is chosen.' }],
  ['api:oemr', { group: 'api', sentence: 'Use the standard interface of the health record.' }],
  ['api:fhir', { group: 'api', sentence: 'Use the FHIR interface of the health record.' }],
  ['api:port', { group: 'api', sentence: 'Use the interface of the patient portal.' }],
  ['api:pofh', { group: 'api', sentence: 'Use the FHIR interface of the patient portal.' }],
  ['offline_access', { group: 'stayConnected', sentence: 'Keep its access when you are not using the app.' }],
  ['online_access', { group: 'stayConnected', sentence: 'Keep its access while you stay signed in.' }],
]);

type Reach = ResourceNoun['belongsTo'] | 'bulk';

const OPERATIONS = new Map<string, { group: ScopeGroupName; phrase: string; reach: Reach }>([
  ['DocumentReference.$docref', { group: 'recordRead', phrase: 'Make and fetch a summary document', reach: 'record' }],
  ['Patient.$export', { group: 'recordRead', phrase: 'Export all patients with their records', reach: 'bulk' }],
  ['Group.$export', { group: 'recordRead', phrase: 'Export groups of patients with their records', reach: 'bulk' }],
  ['*.$export', { group: 'recordRead', phrase: 'Export everything', reach: 'bulk' }],
  ['*.$bulkdata-status', { group: 'recordRead', phrase: 'Follow and stop bulk exports', reach: 'bulk' }],
  ['insurance.$swap-insurance', { group: 'recordChange', phrase: 'Swap the order of insurance policies', reach: 'record' }],
]);

const REACH: Record<Reach, Record<Context, string>> = {
  record: {
    patient: 'in one patient’s record',
    user: 'in every record that you can open',
    system: 'in every record, even when nobody is signed in',
  },
  clinic: { patient: 'linked to one patient', user: 'that you can open', system: 'of the whole clinic, even when nobody is signed in' },
  bulk: { patient: 'for one patient', user: 'as far as your own access goes', system: 'even when nobody is signed in' },
};

/**
 * Puts scopes in words and groups. Every scope, known or not, lands in exactly one group with a sentence.
 * @param scopes scope tokens as requested; a repeated one counts once
 * @returns the groups that have a scope, in the order of the page
 * @see SMART App Launch 2.2, "Scopes and Launch Context"; OIDC Core §5.4, §11
 */
export function describeScopes(scopes: readonly string[]): ScopeGroup[] {
  const placed = [...new Set(scopes)].map((scope) => ({ scope, ...place(scope) }));
  return SCOPE_GROUP_NAMES.flatMap((name) => {
    const lines = placed
      .filter(({ group }) => group === name)
      .map(({ scope, sentence }) => ({ scope, sentence, fixed: scope === 'openid' }));
    return lines.length === 0 ? [] : [{ name, lines }];
  });
}

function place(scope: string): Placed {
  const named = NAMED_SCOPES.get(scope);
  if (named !== undefined) return named;
  const resourceScope = findResourceScope(scope);
  const about = resourceScope === null ? null : placeResourceScope(resourceScope);
  return about ?? placeOther(scope);
}

function placeOther(scope: string): Placed {
  const [prefix, rest] = splitOnce(scope, /[:/]/);
  if (prefix === 'site' && rest !== '') return { group: 'api', sentence: `Use the health record of the site “${rest}”.` };
  if (prefix === 'launch' && rest !== '') return { group: 'recordRead', sentence: `Know which “${rest}” is open when you start the app.` };
  return { group: 'api', sentence: `Use the permission “${scope}”, which this server cannot describe.` };
}

/** context[/ or :]resource.operation[?restriction], as the EHR reads it (its ScopeEntity accepts both separators). */
function findResourceScope(scope: string): ResourceScope | null {
  const [name, restriction] = splitOnce(scope, /\?/);
  const parts = /^(patient|user|system)[/:]([^.]+)\.(.+)$/.exec(name);
  const [, context, resource, operation] = parts ?? [];
  if (context === undefined || resource === undefined || operation === undefined) return null;
  return { context: context as Context, resource, operation, restriction };
}

function placeResourceScope({ context, resource, operation, restriction }: ResourceScope): Placed | null {
  const { noun, belongsTo } = findResourceNoun(resource, restriction);
  if (operation.startsWith('$')) {
    const known = OPERATIONS.get(`${resource}.${operation}`);
    const { group, phrase, reach } = known ?? {
      group: 'recordChange',
      phrase: `Run the operation “${operation}” on ${noun}`,
      reach: belongsTo,
    };
    return { group, sentence: `${phrase} ${REACH[reach][context]}.` };
  }
  const letters = findLetters(operation);
  if (letters === null) return null;
  return {
    group: /[cud]/.test(letters) ? 'recordChange' : 'recordRead',
    sentence: `${verbsOf(letters)} ${noun} ${REACH[belongsTo][context]}.`,
  };
}

/** Letters of SMART v2, in their fixed order c r u d s. The words of v1 stand for sets of them. @see SMART App Launch 2.2, "Scopes for requesting FHIR Resources" */
function findLetters(operation: string): string | null {
  if (operation === 'read') return 'rs';
  if (operation === 'write') return 'cud';
  if (operation === '*') return 'cruds';
  return /^c?r?u?d?s?$/.test(operation) ? operation : null;
}

function verbsOf(letters: string): string {
  const verbs = [
    letters.includes('r') ? 'see' : '',
    letters.includes('s') && !letters.includes('r') ? 'find' : '',
    letters.includes('c') ? 'add' : '',
    letters.includes('u') ? 'change' : '',
    letters.includes('d') ? 'delete' : '',
  ].filter(Boolean);
  const last = verbs.pop() ?? '';
  const words = verbs.length === 0 ? last : `${verbs.join(', ')} and ${last}`;
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function splitOnce(value: string, separator: RegExp): [string, string] {
  const at = value.search(separator);
  return at < 0 ? [value, ''] : [value.slice(0, at), value.slice(at + 1)];
}
