import type { Config } from '../config/config.js';

/** Path of Swagger UI, without slashes at its ends. */
export const SWAGGER_PATH = 'swagger';

/** The public client that Swagger UI signs in with, where the settings allow it. */
export const SWAGGER_CLIENT_ID = 'chartkey-swagger-ui';

/** Where the sign-in of Swagger UI ends: the redirect URI of its client. */
export function swaggerRedirectUri(config: Pick<Config, 'publicAddress'>): string {
  return `${config.publicAddress}/${SWAGGER_PATH}/oauth2-redirect.html`;
}
