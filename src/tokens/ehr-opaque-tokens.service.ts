import { availableParallelism } from 'node:os';
import { Injectable, Optional } from '@nestjs/common';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { HashingBusyError, HashingQueue } from '../platform/ambient/hashing-queue.js';
import { Random } from '../platform/ambient/random.js';
import { findOpaqueTokenText, sealOpaqueToken } from '../platform/ehr/defuse.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';

/** Half the cores: the thread pool also signs tokens and hashes passwords. */
const AT_ONCE = Math.max(1, Math.floor(availableParallelism() / 2));
/** Some three seconds of work for one core. */
const WAITING = 64;
const RETRY_AFTER = 2;

/**
 * Opens what the EHR's own server sealed, codes and refresh tokens, and seals alike. Each costs some 40 ms of a core, whoever sent it, so
 * that few are worked on at once and few may wait.
 */
@Injectable()
export class EhrOpaqueTokens {
  private readonly queue: HashingQueue;

  constructor(
    private readonly site: EhrSite,
    private readonly random: Random,
    @Optional() queue?: HashingQueue,
  ) {
    this.queue = queue ?? new HashingQueue(AT_ONCE, WAITING);
  }

  /**
   * @param token as presented by anybody
   * @returns the members of the JSON object inside; null when it was not sealed with the password of this site
   * @throws OAuthError temporarily_unavailable when too many wait already
   */
  async open(token: string): Promise<Readonly<Record<string, unknown>> | null> {
    const text = await this.openText(token);
    return text === null ? null : readObject(text);
  }

  /**
   * Seals text as the EHR's own server would.
   * @throws OAuthError temporarily_unavailable when too many wait already
   */
  seal(text: string): Promise<string> {
    return this.inTurn(() => sealOpaqueToken(text, this.site.oauthKeys.opaqueTokenPassword, this.random));
  }

  private openText(token: string): Promise<string | null> {
    return this.inTurn(() => findOpaqueTokenText(token, this.site.oauthKeys.opaqueTokenPassword));
  }

  private async inTurn<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.queue.run(work);
    } catch (error) {
      if (!(error instanceof HashingBusyError)) throw error;
      throw new OAuthError('temporarily_unavailable', "too many tokens in the EHR's form are being worked on", {
        retryAfter: RETRY_AFTER,
        cause: error,
      });
    }
  }
}

function readObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null; // sealed by the EHR, for another purpose
  }
}
