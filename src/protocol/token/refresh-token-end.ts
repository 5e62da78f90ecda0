import { numericDate } from './numeric-date.js';

/** What was granted, in which session of a browser and when that began. */
export interface RefreshableGrant {
  readonly scope: readonly string[];
  /** null when there is no session, as with a password grant. */
  readonly sid: string | null;
  readonly authTime: Date | null;
}

/** In seconds. */
export interface RefreshLifetimes {
  readonly refreshTokenLifetime: number;
  readonly sessionLifetime: number;
}

/**
 * How long a refresh token of a grant is good. With `offline_access` as long as the settings say, whether the person is there or not; with `online_access`
 * alone as long as they are signed in: it ends with their session, at the latest when that would end by itself.
 * @param now seconds since 1970
 * @returns seconds since 1970; null when the grant has no refresh token
 * @see OIDC Core §11; SMART App Launch 2.2 §3.0.4
 */
export function refreshTokenEnd({ scope, sid, authTime }: RefreshableGrant, now: number, lifetimes: RefreshLifetimes): number | null {
  const offlineEnd = now + lifetimes.refreshTokenLifetime;
  if (scope.includes('offline_access')) return offlineEnd;
  if (!scope.includes('online_access') || sid === null || authTime === null) return null;
  const onlineEnd = Math.min(offlineEnd, numericDate(authTime) + lifetimes.sessionLifetime);
  return onlineEnd > now ? onlineEnd : null;
}
