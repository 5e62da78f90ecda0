import { EhrBaseline1764000000001 } from './0001-ehr-baseline.migration.js';
import { AuthorizationServer1764000000002 } from './0002-authorization-server.migration.js';

/** Every migration, in order. */
export const MIGRATIONS = [EhrBaseline1764000000001, AuthorizationServer1764000000002];
