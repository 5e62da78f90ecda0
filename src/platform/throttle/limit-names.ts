/** What is limited, and by whom it is counted. */
export const LIMIT_NAMES = [
  'sign-in-address',
  'sign-in-user',
  'token-address',
  'token-client',
  'registration-address',
  'introspection-address',
  'introspection-client',
] as const;

export type LimitName = (typeof LIMIT_NAMES)[number];

/** Endpoints at which requests are counted by address, and by client. */
export type LimitedEndpoint = 'sign-in' | 'token' | 'registration' | 'introspection';
export type ClientEndpoint = 'token' | 'introspection';

/** Requests within the window of each limit; 0: without a limit. */
export type RequestLimits = Readonly<Record<LimitName, number>>;

const MINUTE = 60;
const HOUR = 3600;

/** Seconds within which requests are counted. */
export function windowOf(name: LimitName): number {
  return name === 'registration-address' ? HOUR : MINUTE;
}
