import type { Globals } from './global-settings.js';

/** The EHR's switches of its APIs. @see the EHR's library/globals.inc.php */
export const API_SWITCHES = ['rest_api', 'rest_fhir_api', 'rest_portal_api'] as const;

/** Whether the EHR has an API on. While it has none, its own authorization server answers nothing. */
export function isAnyApiOn(globals: Globals): boolean {
  return API_SWITCHES.some((name) => globals.isOn(name));
}

/** Whether patients may sign in: where an API that is for them is on. @see the EHR's templates/oauth2/oauth2-login.html.twig */
export function mayPatientsSignIn(globals: Globals): boolean {
  return globals.isOn('rest_portal_api') || globals.isOn('rest_fhir_api');
}
