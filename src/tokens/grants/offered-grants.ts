import type { Globals } from '../../platform/ehr/global-settings.js';
import type { GrantType } from './grant.js';
import { GRANTS } from './index.js';

/** Whether the EHR's settings let this grant be used at all. */
export function isOffered(type: GrantType, globals: Globals): boolean {
  return type.isOffered?.(globals) ?? true;
}

/** Names of the grant types that the EHR's settings let be used. */
export function offeredGrantTypes(globals: Globals): string[] {
  return GRANTS.filter((type) => isOffered(type, globals)).map((type) => type.grantType);
}
