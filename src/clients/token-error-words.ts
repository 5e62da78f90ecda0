import { Injectable } from '@nestjs/common';
import { inEhrWords } from '../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { Compatibility } from './compatibility.js';

/** Words errors of the token endpoint as a client needs them. */
@Injectable()
export class TokenErrorWords {
  constructor(private readonly compatibility: Compatibility) {}

  /**
   * The same refusal, in the EHR's words where `ehr-token-errors` is in force for the client that is named. It need not be proven: which
   * clients exist is no secret, and the words are none.
   * @param thrown whatever was thrown
   * @param grantType as sent; undefined when absent
   */
  async reword(thrown: unknown, grantType: string | undefined, clientId: string | null): Promise<unknown> {
    if (!(thrown instanceof OAuthError) || thrown.wire !== undefined) return thrown;
    const worded = inEhrWords(thrown, grantType);
    if (worded === thrown) return thrown;
    const isWanted = await this.compatibility.applyToNamed('ehr-token-errors', clientId).catch(() => false); // the refusal matters more
    return isWanted ? worded : thrown;
  }
}
