import type { Config } from '../platform/config/config.js';
import type { Globals } from '../platform/ehr/global-settings.js';
import type { Session } from './session.entity.js';

/** The EHR's setting for each kind of people, in seconds, and what the EHR takes where it has no row. @see library/globals.inc.php */
const SETTINGS: Readonly<Record<Session['role'], readonly [name: string, installed: number]>> = {
  users: ['timeout', 7200],
  patient: ['portal_timeout', 1800],
};

/**
 * How long a sign-in lasts without use: our own setting, else the EHR's. Zero and what is no number are as good as no row.
 * @returns seconds, never more than a sign-in lasts in all
 */
export function idleTime(role: Session['role'], globals: Globals, config: Pick<Config, 'sessionIdle' | 'sessionLifetime'>): number {
  const [name, installed] = SETTINGS[role];
  const seconds = config.sessionIdle ?? (globals.number(name, 0) || installed);
  return Math.min(seconds, config.sessionLifetime);
}
