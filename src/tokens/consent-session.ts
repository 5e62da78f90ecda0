import { joinScope } from '../protocol/scope/scope-set.js';
import type { RedeemableCode } from './redeemable-code.js';

/** What the EHR's own server would have in its session when it writes the consent. */
export interface ConsentSessionFacts {
  /** Name of the EHR site. */
  readonly site: string;
  readonly code: RedeemableCode;
  /** `user` or `patient`: column oauth_clients.client_role. */
  readonly clientRole: string | null;
  /** patient_data.pid, when the person is a patient. */
  readonly patientNumber: number | null;
}

/**
 * The member names that the EHR's server keeps in oauth_trusted_user.session_cache. Its API needs the text not to be empty; its token and
 * logout endpoints read some of them.
 * @see the EHR's src/RestControllers/AuthorizationController.php
 */
export function consentSession({ site, code, clientRole, patientNumber }: ConsentSessionFacts): Record<string, unknown> {
  const patient = patientNumber === null ? code.launchContext['patient'] : code.subject;
  return {
    site_id: site,
    csrf: code.state ?? '',
    scopes: joinScope(code.requestedScope),
    client_id: code.clientId,
    client_role: clientRole,
    launch: null,
    redirect_uri: code.redirectUri,
    user_id: code.subject,
    persist_login: code.isRemembered ? 1 : 0,
    ...(code.nonce !== null && { nonce: code.nonce }),
    ...(patientNumber !== null && { pid: patientNumber }),
    ...(typeof patient === 'string' && { puuid: patient }),
  };
}
