import type { ServerFacts } from './server-facts.js';

type Condition = (facts: ServerFacts) => boolean;

const always: Condition = () => true;
const withScope =
  (pattern: RegExp): Condition =>
  ({ scopes }) =>
    scopes.some((scope) => pattern.test(scope));
const withRefresh =
  (scope: string): Condition =>
  ({ scopes, grantTypes }) =>
    scopes.includes(scope) && grantTypes.includes('refresh_token');
const withClients =
  (method: string): Condition =>
  ({ clientAuthMethods }) =>
    clientAuthMethods.includes(method);

/** What SMART has a name for, and when this server does it. A test exercises each. */
const CAPABILITIES: Readonly<Record<string, Condition>> = {
  'launch-ehr': withScope(/^launch$/),
  'launch-standalone': withScope(/^launch\/patient$/),
  'authorize-post': always,
  'client-public': withClients('none'),
  'client-confidential-symmetric': withClients('client_secret_basic'),
  'client-confidential-asymmetric': withClients('private_key_jwt'),
  'sso-openid-connect': withScope(/^openid$/),
  'context-banner': withScope(/^launch\/patient$/),
  'context-style': withScope(/^launch\/patient$/),
  'context-ehr-patient': withScope(/^launch$/),
  'context-ehr-encounter': withScope(/^launch$/),
  'context-standalone-patient': withScope(/^launch\/patient$/),
  'permission-offline': withRefresh('offline_access'),
  'permission-online': withRefresh('online_access'),
  'permission-patient': withScope(/^patient\//),
  'permission-user': withScope(/^user\//),
  'permission-v1': withScope(/^(patient|user|system)\/[A-Z]\w*\.(read|write)$/),
  'permission-v2': withScope(/^(patient|user|system)\/[A-Z]\w*\.c?r?u?d?s?(\?|$)/),
};

/**
 * Names of what this server can do, as the facts stand.
 * @see SMART App Launch 2.2, Conformance, "Capabilities"
 */
export function smartCapabilities(facts: ServerFacts): string[] {
  return Object.entries(CAPABILITIES).flatMap(([name, isTrue]) => (isTrue(facts) ? [name] : []));
}
