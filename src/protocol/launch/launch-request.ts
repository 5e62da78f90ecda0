import { OAuthError } from '../errors/oauth-error.js';
import type { SentParameters } from '../parameters/form.js';
import { type FhirContextItem, isUuid, type Launch } from './launch.js';

/** What a launcher asks for: which app, for whom, and what it is to be told. */
export interface LaunchRequest {
  /** `client_id` of the app. */
  readonly app: string;
  /** uuid or login name of who starts it. */
  readonly user: string;
  readonly launch: Omit<Launch, 'subject'>;
}

const LONGEST_TEXT = 200;
const MOST_ITEMS = 20;
const LONGEST_JSON = 8192;
const REFERENCE = /^[A-Z][A-Za-z]{1,40}\/[A-Za-z0-9\-.]{1,64}$/; // FHIR R4 §2.3.0: relative references
const URL_TEXT = /^https?:\/\/\S+$/;

/**
 * Checks the form of the launch endpoint.
 * @throws OAuthError invalid_request naming the parameter that is missing or malformed
 * @see SMART App Launch 2.2 §3.0.5
 */
export function checkLaunchRequest(form: SentParameters): LaunchRequest {
  const text = (name: string): string | null => shortText(name, form.one(name));
  return {
    app: text('app') ?? missing('app', 'the client_id of the app'),
    user: text('user') ?? missing('user', 'uuid or login name of who starts the app'),
    launch: {
      patient: uuid('patient', form.one('patient')),
      encounter: uuid('encounter', form.one('encounter')),
      intent: text('intent'),
      fhirContext: fhirContext(form.one('fhirContext')),
      needPatientBanner: flag('need_patient_banner', form.one('need_patient_banner')),
      tenant: text('tenant'),
    },
  };
}

function missing(name: string, what: string): never {
  throw new OAuthError('invalid_request', `${name} is missing: ${what}`);
}

function shortText(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (value.length <= LONGEST_TEXT && !/[\u0000-\u001f\u007f]/.test(value)) return value;
  throw new OAuthError('invalid_request', `${name} is longer than ${LONGEST_TEXT} characters, or has control characters`);
}

function uuid(name: string, value: string | undefined): string | null {
  if (value === undefined) return null;
  if (isUuid(value)) return value.toLowerCase();
  throw new OAuthError('invalid_request', `${name} must be a uuid`);
}

function flag(name: string, value: string | undefined): boolean {
  if (value === undefined || value === 'false') return false;
  if (value === 'true') return true;
  throw new OAuthError('invalid_request', `${name} must be true or false`);
}

function fhirContext(value: string | undefined): readonly FhirContextItem[] {
  if (value === undefined) return [];
  const items = value.length <= LONGEST_JSON ? parseList(value) : null;
  if (items !== null && items.length <= MOST_ITEMS && items.every(isItem)) return items;
  throw new OAuthError(
    'invalid_request',
    `fhirContext must be a JSON list of at most ${MOST_ITEMS} objects with reference (Type/id), canonical (URL) or identifier, and perhaps type and role`,
  );
}

function parseList(value: string): unknown[] | null {
  try {
    const list: unknown = JSON.parse(value);
    return Array.isArray(list) ? list : null;
  } catch {
    return null;
  }
}

function isIdentifier(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([name, part]) => ['system', 'value'].includes(name) && typeof part === 'string');
}

/** Patient and visit have members of their own. SMART App Launch 2.2 §3.0.5.1 */
function isItem(value: unknown): value is FhirContextItem {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const { reference, canonical, identifier, type, role, ...others } = value as Record<string, unknown>;
  if (Object.keys(others).length > 0) return false;
  const named = [
    typeof reference === 'string' && REFERENCE.test(reference) && (role !== undefined || !/^(Patient|Encounter)\//.test(reference)),
    typeof canonical === 'string' && URL_TEXT.test(canonical),
    isIdentifier(identifier),
  ];
  const isText = (text: unknown): boolean => text === undefined || (typeof text === 'string' && text.length <= LONGEST_TEXT);
  return named.some(Boolean) && [reference, canonical, type, role].every(isText);
}
