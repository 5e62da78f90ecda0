import { LAUNCH_SCOPE, type LaunchContext, smartStyleUrl } from './launch-context.js';

/** What a launch says: which record and which visit an app was started for, and from where. Plain JSON. */
export interface Launch {
  /** uuid text; null when it was started without a patient. */
  readonly patient: string | null;
  /** uuid text of a visit. */
  readonly encounter: string | null;
  /** @see SMART App Launch 2.2 §3.0.5.3 */
  readonly intent: string | null;
  /** @see SMART App Launch 2.2 §3.0.5.1 */
  readonly fhirContext: readonly FhirContextItem[];
  /** Whether the app is to show whose record it is: not inside a chart that shows it already. */
  readonly needPatientBanner: boolean;
  readonly tenant: string | null;
  /** For whom it was made; null where it does not say, as with those of the EHR. */
  readonly subject: string | null;
}

/** One thing that the launch is about besides patient and visit. */
export interface FhirContextItem {
  readonly reference?: string;
  readonly canonical?: string;
  readonly identifier?: { readonly system?: string; readonly value?: string };
  readonly type?: string;
  readonly role?: string;
}

/** A launch that says nothing. */
export const EMPTY_LAUNCH: Launch = {
  patient: null,
  encounter: null,
  intent: null,
  fhirContext: [],
  needPatientBanner: false,
  tenant: null,
  subject: null,
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the EHR's pages say they are; others it ignores itself. @see the EHR's src/FHIR/SMART/SMARTLaunchToken.php */
const EHR_INTENTS: ReadonlySet<string> = new Set([
  'patient.demographics.dialog',
  'appointment.edit.dialog',
  'encounter.forms.dialog',
  'main.tab',
]);

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

function isUuidOrNull(value: unknown): value is string | null {
  return value === null || isUuid(value);
}

/**
 * Reads what the EHR seals into a launch token: `p` patient, `e` visit, `i` intent, `apt` appointment. It says neither for whom nor for which app.
 * @param json plain text of the token
 * @returns null when it is not of that shape
 * @see the EHR's src/FHIR/SMART/SMARTLaunchToken.php
 */
export function readEhrLaunch(json: string): Launch | null {
  const members = parse(json);
  if (members === null) return null;
  const { p: patient = null, e: encounter = null, i: intent, apt: appointment = null } = members;
  if (!isUuidOrNull(patient) || !isUuidOrNull(encounter) || !isUuidOrNull(appointment)) return null;
  return {
    ...EMPTY_LAUNCH,
    patient,
    encounter,
    intent: typeof intent === 'string' && EHR_INTENTS.has(intent) ? intent : null,
    fhirContext: appointment === null ? [] : [{ reference: `Appointment/${appointment}` }],
  };
}

/** Whom an app was launched for: null without the scope, or when the launch names nobody. @param scope as asked for or as granted */
export function launchedPatient(launch: Launch | null | undefined, scope: readonly string[]): string | null {
  return launch && scope.includes(LAUNCH_SCOPE) ? launch.patient : null;
}

/**
 * The launch context of an app that was started from the EHR.
 * @returns members of the token response; {} without the scope for it
 * @see SMART App Launch 2.2 §3.0.5; the EHR's SMARTSessionTokenContextBuilder
 */
export function launchedContext(launch: Launch | null | undefined, scope: readonly string[], issuer: string): LaunchContext {
  if (!launch || !scope.includes(LAUNCH_SCOPE)) return {};
  const { patient, encounter, intent, fhirContext, needPatientBanner, tenant } = launch;
  return {
    ...(patient !== null && { patient, need_patient_banner: needPatientBanner }),
    ...(encounter !== null && { encounter }),
    ...(intent !== null && { intent }),
    ...(fhirContext.length > 0 && { fhirContext }),
    ...(tenant !== null && { tenant }),
    smart_style_url: smartStyleUrl(issuer),
  };
}

function parse(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
