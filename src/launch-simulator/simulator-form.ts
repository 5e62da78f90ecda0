import type { SentParameters } from '../protocol/parameters/form.js';
import { LAUNCH_SCOPE, PATIENT_CONTEXT_SCOPE } from '../protocol/launch/launch-context.js';
import { LAUNCH_SIMULATOR_CLIENT_ID } from '../platform/web/launch-simulator-address.js';

/** How an app is started: from a chart; on its own, with a patient that is chosen on the way; on its own, without one. */
export const LAUNCH_KINDS = ['chart', 'patient', 'plain'] as const;
export type LaunchKind = (typeof LAUNCH_KINDS)[number];

/** What each kind of launch adds to the scopes. @see SMART App Launch 2.2, "Requesting context with scopes" */
export const KIND_SCOPES: Readonly<Record<LaunchKind, readonly string[]>> = {
  chart: [LAUNCH_SCOPE],
  patient: [PATIENT_CONTEXT_SCOPE],
  plain: [],
};

const DEFAULT_SCOPE = 'openid profile fhirUser offline_access patient/Patient.rs patient/Observation.rs';
/** UTF-16 units; scopes of everything that the EHR has are longer, and nobody types them. */
const LONGEST_TEXT = 4000;

/** What somebody has chosen on the page. Nothing of it is proven. */
export interface SimulatorForm {
  readonly kind: LaunchKind;
  /** `client_id`. */
  readonly app: string;
  /** Login name; may be empty. */
  readonly user: string;
  /** `patient_data.pid`, or anything else; '' for none. */
  readonly patient: string;
  /** Without what the kind of launch adds. */
  readonly scope: string;
  readonly pkce: boolean;
  readonly search: string;
}

/** How the page begins. */
export function emptyForm({ user, patient }: Pick<SimulatorForm, 'user' | 'patient'>): SimulatorForm {
  return { kind: 'chart', app: LAUNCH_SIMULATOR_CLIENT_ID, user, patient, scope: DEFAULT_SCOPE, pkce: true, search: '' };
}

/** @throws OAuthError invalid_request when a field was sent twice */
export function readForm(sent: SentParameters): SimulatorForm {
  const text = (name: string): string => (sent.one(name) ?? '').slice(0, LONGEST_TEXT).trim();
  return {
    kind: LAUNCH_KINDS.find((kind) => kind === sent.one('kind')) ?? 'chart',
    app: text('other_app') || text('app'),
    user: text('user'),
    patient: text('patient'),
    scope: text('scope').split(/\s+/).join(' '),
    pkce: sent.one('pkce') !== undefined,
    search: text('search'),
  };
}

/** The scopes that the built-in app asks for, once each. */
export function requestedScope({ kind, scope }: Pick<SimulatorForm, 'kind' | 'scope'>): string {
  return [...new Set([...scope.split(' '), ...KIND_SCOPES[kind]])].filter((name) => name !== '').join(' ');
}
