import { Injectable } from '@nestjs/common';
import type { Counter } from 'prom-client';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { Metrics } from '../platform/metrics/metrics.service.js';
import { GrantRegistry } from './grants/grant-registry.js';

/** Counts what the token endpoint answered to proven clients. */
@Injectable()
export class TokenCounters {
  private readonly issued: Counter<'grant_type'>;
  private readonly refused: Counter<'grant_type' | 'error'>;

  constructor(
    private readonly grants: GrantRegistry,
    metrics: Metrics,
  ) {
    this.issued = metrics.counter({
      name: 'chartkey_token_responses_total',
      help: 'Token requests that were answered with tokens',
      labelNames: ['grant_type'],
    });
    this.refused = metrics.counter({
      name: 'chartkey_token_errors_total',
      help: 'Token requests of proven clients that were refused; grant_type is unknown where there is no such grant',
      labelNames: ['grant_type', 'error'],
    });
    for (const name of grants.names) this.issued.inc({ grant_type: name }, 0); // a series that begins with its first event hides it from rates
  }

  /** @param grantType of a grant that there is */
  countIssue(grantType: string): void {
    this.issued.inc({ grant_type: grantType });
  }

  /** @param grantType as sent: it becomes a label only where it is one of the few that there are */
  countRefusal(grantType: string | undefined, error: unknown): void {
    const isKnown = grantType !== undefined && this.grants.names.includes(grantType);
    this.refused.inc({ grant_type: isKnown ? grantType : 'unknown', error: error instanceof OAuthError ? error.code : 'server_error' });
  }
}
