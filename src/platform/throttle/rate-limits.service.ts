import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Counter } from 'prom-client';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { type Quota, quotaFields } from '../../protocol/errors/quota.js';
import { Clock } from '../ambient/clock.js';
import { Config } from '../config/config.js';
import { Metrics } from '../metrics/metrics.service.js';
import { callerAddress } from './caller-address.js';
import { type ClientEndpoint, LIMIT_NAMES, type LimitedEndpoint, type LimitName, windowOf } from './limit-names.js';
import { WindowCounts } from './window-counts.js';

/** Keys that are remembered for each limit; some 200 bytes each. */
const MOST_KEYS = 20_000;
/** Characters that count; no name is longer. */
const LONGEST_NAME = 255;

/** A client as far as limits go. */
export interface CountedClient {
  readonly clientId: string;
  /** Whether it has proven to be itself: anybody can name a public client. */
  readonly isConfidential: boolean;
}

/**
 * Limits how often somebody may ask, by address, client and person. A request is counted in memory and waits for nothing; what replicas
 * have counted is added by RateSharing.
 */
@Injectable()
export class RateLimits {
  /** Of the limits that are on. */
  readonly counts: ReadonlyMap<LimitName, WindowCounts>;
  private readonly refusals: Counter<'limit'>;
  private noticed: (() => void) | null = null;

  constructor(
    private readonly clock: Clock,
    { requestLimits }: Config,
    metrics: Metrics,
  ) {
    const on = LIMIT_NAMES.filter((name) => requestLimits[name] > 0);
    this.counts = new Map(on.map((name) => [name, new WindowCounts(requestLimits[name], windowOf(name) * 1000, MOST_KEYS)]));
    this.refusals = metrics.counter({
      name: 'chartkey_rate_limited_requests_total',
      help: 'Requests that were refused because there were too many, by limit',
      labelNames: ['limit'],
    });
  }

  /** Has `listener` called whenever something was counted that other replicas ought to know. */
  whenCounted(listener: () => void): void {
    this.noticed = listener;
  }

  /** Counts a request by the address that it comes from. @throws OAuthError temporarily_unavailable, with 429 */
  takeAddress(endpoint: LimitedEndpoint, { ip }: Pick<FastifyRequest, 'ip'>, reply: FastifyReply | null = null): void {
    this.take(`${endpoint}-address`, callerAddress(ip), reply);
  }

  /**
   * Counts a request by its client, once that is known. A client that proves itself is counted wherever it asks from, since nobody else
   * can use up its share; one that anybody can name is counted for each address apart.
   * @throws OAuthError temporarily_unavailable, with 429
   */
  takeClient(endpoint: ClientEndpoint, client: CountedClient, { ip }: Pick<FastifyRequest, 'ip'>, reply: FastifyReply | null = null): void {
    const key = client.isConfidential ? client.clientId : `${client.clientId} ${callerAddress(ip)}`;
    this.take(`${endpoint}-client`, key, reply);
  }

  /**
   * Counts an attempt to prove that one is a person. The EHR compares names without regard to case.
   * @throws OAuthError temporarily_unavailable, with 429
   */
  takePerson(role: string, username: string): void {
    this.take('sign-in-user', `${role} ${username.slice(0, LONGEST_NAME).toLowerCase()}`, null);
  }

  /** @param reply is told how much is left when half is used up; a caller that is far from the limit need not know */
  private take(name: LimitName, key: string, reply: FastifyReply | null): void {
    const counts = this.counts.get(name);
    if (counts === undefined) return;
    const now = this.clock.now().getTime();
    const remaining = counts.take(key, now);
    if (remaining < 0) throw this.refusal(name, counts.limit, counts.waitFor(key, now) / 1000);
    if (counts.hasUntold) this.noticed?.();
    if (reply === null || remaining * 2 > counts.limit) return;
    const reset = windowOf(name) - ((now / 1000) % windowOf(name));
    void reply.headers(quotaFields({ policy: name, limit: counts.limit, window: windowOf(name), remaining, reset }));
  }

  private refusal(name: LimitName, limit: number, seconds: number): OAuthError {
    this.refusals.inc({ limit: name });
    const quota: Quota = { policy: name, limit, window: windowOf(name), remaining: 0, reset: seconds };
    return new OAuthError('temporarily_unavailable', 'Too many requests: try again after the time that Retry-After says.', {
      status: 429, // RFC 6585 §4
      retryAfter: seconds,
      quota,
      detail: `limit ${name} of ${limit} within ${quota.window} seconds`,
    });
  }
}
