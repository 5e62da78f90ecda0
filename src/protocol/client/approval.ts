import type { ClientMetadata } from './client-metadata.js';

/** Whether a client may be used as soon as it is registered. */
export interface Approval {
  readonly isEnabled: boolean;
  /** A sentence for the developer of the client. */
  readonly reason: string;
}

const pending = (why: string): Approval => ({
  isEnabled: false,
  reason: `An administrator must approve this client before it can be used, because ${why}.`,
});

/**
 * Decides whether a client that registered itself waits for an administrator. What may reach records beyond one patient's own choice
 * waits: confidential clients with user/ or system/ scopes, and public ones which the EHR would list in charts.
 * @param manualApproval the EHR's setting oauth_app_manual_approval: every client waits
 * @see the EHR's src/Common/Auth/OpenIDConnect/Repositories/ScopeRepository.php
 */
export function decideApproval(metadata: Pick<ClientMetadata, 'isConfidential' | 'scope'>, manualApproval: boolean): Approval {
  if (manualApproval) return pending('this server approves every client by hand');
  if (!metadata.isConfidential) {
    return metadata.scope.includes('launch') ? pending('a public client asks for the scope launch') : enabled();
  }
  const scope = metadata.scope.find((name) => name.startsWith('user/') || name.startsWith('system/'));
  return scope === undefined ? enabled() : pending(`it asks for access beyond one patient (${scope})`);
}

function enabled(): Approval {
  return { isEnabled: true, reason: 'The client can be used at once.' };
}
