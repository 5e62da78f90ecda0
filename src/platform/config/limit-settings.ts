import { LIMIT_NAMES, type LimitName, type RequestLimits } from '../throttle/limit-names.js';
import type { LimitsEnv } from './limits-env.dto.js';

type Setting = Exclude<keyof LimitsEnv, 'CHARTKEY_RATE_LIMITS'>;

const SETTINGS: Readonly<Record<LimitName, Setting>> = {
  'sign-in-address': 'CHARTKEY_RATE_LIMIT_SIGN_IN_ADDRESS',
  'sign-in-user': 'CHARTKEY_RATE_LIMIT_SIGN_IN_USER',
  'token-address': 'CHARTKEY_RATE_LIMIT_TOKEN_ADDRESS',
  'token-client': 'CHARTKEY_RATE_LIMIT_TOKEN_CLIENT',
  'registration-address': 'CHARTKEY_RATE_LIMIT_REGISTRATION_ADDRESS',
  'introspection-address': 'CHARTKEY_RATE_LIMIT_INTROSPECTION_ADDRESS',
  'introspection-client': 'CHARTKEY_RATE_LIMIT_INTROSPECTION_CLIENT',
};

/** The limits that are in force; all 0 where they are switched off. */
export function readRequestLimits(env: LimitsEnv): RequestLimits {
  const isOn = env.CHARTKEY_RATE_LIMITS === 'on';
  return Object.fromEntries(LIMIT_NAMES.map((name) => [name, isOn ? env[SETTINGS[name]] : 0])) as RequestLimits;
}
