import type { StepName } from '../../protocol/interaction/steps.js';

/** Where the page of each step is, under the prefix of the endpoints. */
const STEP_PAGES: Readonly<Record<StepName, string>> = {
  'sign-in': 'sign-in',
  mfa: 'mfa',
  'new-password': 'new-password',
  enrol: 'enrol',
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

/** Name of the parameter with which a person asks to sign in as somebody else than who is signed in here. */
export const OTHER_ACCOUNT = 'other_account';

/** Address of the sign-in page for whoever wants to be somebody else. @param path of the sign-in page of a request */
export function otherAccountPath(path: string): string {
  return `${path}?${OTHER_ACCOUNT}=1`;
}

/** Path at which a person asks for more time. */
export function extensionPath(prefix: string, interaction: string): string {
  return `${resumePath(prefix, interaction)}/extend`;
}

/** Ties a form to the request that it starts again. */
export function restartPurpose(interaction: string): string {
  return `restart ${interaction}`;
}

/** Ties a plea for more time to its request. */
export function extensionPurpose(interaction: string): string {
  return `extend ${interaction}`;
}
