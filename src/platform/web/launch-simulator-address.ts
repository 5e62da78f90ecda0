import type { Config } from '../config/config.js';

/** Path of the launch simulator, without slashes at its ends. */
export const LAUNCH_SIMULATOR_PATH = 'launch';

/** The public client with which the simulator plays an app. */
export const LAUNCH_SIMULATOR_CLIENT_ID = 'chartkey-launch-simulator';

/** Where the sign-in of a simulated app ends: the redirect URI of its client. */
export function launchSimulatorRedirectUri(config: Pick<Config, 'publicAddress'>): string {
  return `${config.publicAddress}/${LAUNCH_SIMULATOR_PATH}/callback`;
}
