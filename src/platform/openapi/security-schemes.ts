/** Scheme of the OpenAPI document: the token that the operator hands out for registration. @see RFC 7591 §3 */
export const INITIAL_ACCESS_TOKEN = 'initial_access_token';

/** Scheme of the OpenAPI document: the token that opens the metrics. */
export const METRICS_TOKEN = 'metrics_token';

/** Scheme of the OpenAPI document: the token that registration hands out, for reading the registration back. @see RFC 7592 §3 */
export const REGISTRATION_ACCESS_TOKEN = 'registration_access_token';
