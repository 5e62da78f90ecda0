import { resolve } from 'node:path';
import { LIMIT_NAMES, type LimitName, type RequestLimits } from '../throttle/limit-names.js';
import type { RedisSettings } from './config.js';
import { Secret } from './secret.js';
import type { LimitsEnv } from './limits-env.dto.js';

type Setting = Extract<keyof LimitsEnv, `CHARTKEY_RATE_LIMIT_${string}`>;

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

/** @param mistakes takes a line when the address is none; it is never repeated, since it may hold a password */
export function readRedis(env: LimitsEnv, mistakes: string[]): RedisSettings | null {
  const text = env.REDIS_URL;
  if (text === undefined) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^rediss?:$/.test(url.protocol) || url.hostname === '' || !/^(\/\d{0,3})?$/.test(url.pathname)) {
    mistakes.push('REDIS_URL must look like redis://user:password@host:6379/0, or rediss://… for TLS');
    return null;
  }
  const caFile = env.CHARTKEY_REDIS_TLS_CA_FILE;
  if (caFile !== undefined && url.protocol !== 'rediss:')
    mistakes.push('CHARTKEY_REDIS_TLS_CA_FILE needs a REDIS_URL that begins with rediss://');
  return {
    url: new Secret(url),
    timeout: env.CHARTKEY_REDIS_TIMEOUT,
    prefix: env.CHARTKEY_REDIS_PREFIX,
    tlsCaFile: caFile === undefined ? null : resolve(caFile),
  };
}
