import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { Whole } from './whole.js';

const MOST = 100_000_000;

/** Settings of how often somebody may ask, and of where replicas tell each other. Requests a minute, at registration an hour; 0 is no limit. */
export class LimitsEnv {
  @IsOptional()
  @IsString()
  REDIS_URL?: string;

  @Whole(100, 60_000)
  CHARTKEY_REDIS_TIMEOUT: number = 1000;

  @Matches(/^[\x21-\x7e]{1,64}$/, { message: 'must have 1 to 64 characters without blanks' })
  CHARTKEY_REDIS_PREFIX: string = 'chartkey:';

  @IsOptional()
  @IsString()
  CHARTKEY_REDIS_TLS_CA_FILE?: string;

  @IsIn(['on', 'off'], { message: 'must be on or off' })
  CHARTKEY_RATE_LIMITS: 'on' | 'off' = 'on';

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_SIGN_IN_ADDRESS: number = 600;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_SIGN_IN_USER: number = 120;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_TOKEN_ADDRESS: number = 6000;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_TOKEN_CLIENT: number = 6000;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_REGISTRATION_ADDRESS: number = 120;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_INTROSPECTION_ADDRESS: number = 60_000;

  @Whole(0, MOST)
  CHARTKEY_RATE_LIMIT_INTROSPECTION_CLIENT: number = 60_000;
}
