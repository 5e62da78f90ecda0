import type { StepName } from '../../protocol/interaction/steps.js';

/** Where the page of each step is, under the prefix of the endpoints. */
const STEP_PAGES: Readonly<Record<StepName, string>> = {
  'sign-in': 'sign-in',
  mfa: 'mfa',
  patient: 'patient',
  consent: 'consent',
};

/**
 * Path of the page on which a person takes a step.
 * @param prefix of the protocol endpoints, such as `oauth2/default`
 * @param interaction its id, base64url
 */
export function stepPath(step: StepName, prefix: string, interaction: string): string {
  return `/${prefix}/${STEP_PAGES[step]}/${interaction}`;
}

/** Path to which the browser returns when a step has been taken: there the steps are asked again. */
export function resumePath(prefix: string, interaction: string): string {
  return `/${prefix}/authorize/${interaction}`;
}
