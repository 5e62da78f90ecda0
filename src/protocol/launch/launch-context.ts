/** Asks for what the launch says. @see SMART App Launch 2.2, "EHR launch" */
export const LAUNCH_SCOPE = 'launch';

/** Asks for a patient. @see SMART App Launch 2.2, "Requesting context with scopes" */
export const PATIENT_CONTEXT_SCOPE = 'launch/patient';

/** Asks for a visit. Nobody can choose one here, as in the EHR, so that it is asked for in vain. */
export const ENCOUNTER_CONTEXT_SCOPE = 'launch/encounter';

/** What a launch may tell an app, by wire name. @see SMART App Launch 2.2, "Launch context arrives with your access_token" */
export interface LaunchContext {
  readonly patient?: unknown;
  readonly encounter?: unknown;
  readonly fhirContext?: unknown;
  readonly need_patient_banner?: unknown;
  readonly smart_style_url?: unknown;
  readonly intent?: unknown;
  readonly tenant?: unknown;
}

const CONTEXT_MEMBERS: ReadonlySet<string> = new Set<keyof LaunchContext>([
  'patient',
  'encounter',
  'fhirContext',
  'need_patient_banner',
  'smart_style_url',
  'intent',
  'tenant',
]);

/** An app that was started on its own, by a person. */
export interface StandaloneLaunch {
  /** As granted. */
  readonly scope: readonly string[];
  /** uuid text; null when no patient is known. */
  readonly patient: string | null;
  readonly issuer: string;
}

/**
 * The launch context of an app that was not started from a chart: it shows the banner that says whose record it is.
 * @returns members of the token response; {} without the scope for it, or without a patient
 * @see SMART App Launch 2.2, "Launch context arrives with your access_token"; the EHR's SMARTSessionTokenContextBuilder
 */
export function standaloneContext({ scope, patient, issuer }: StandaloneLaunch): Readonly<Record<string, unknown>> {
  if (patient === null || !scope.includes(PATIENT_CONTEXT_SCOPE)) return {};
  return { patient, need_patient_banner: true, smart_style_url: smartStyleUrl(issuer) };
}

/** Where colours and type of the clinic's pages are told, for apps that want to look alike. */
export function smartStyleUrl(issuer: string): string {
  return `${issuer}/smart/smart-style`;
}

/** What a stored context says, without members that are none of SMART's. */
export function contextMembers(context: Readonly<Record<string, unknown>>): LaunchContext {
  return Object.fromEntries(Object.entries(context).filter(([name]) => CONTEXT_MEMBERS.has(name)));
}
