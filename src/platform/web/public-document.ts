import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A public JSON document that is written once and sent often. */
export class PublicDocument {
  readonly body: string;
  /** A strong validator, in its quotation marks. @see RFC 9110 §8.8.3 */
  readonly etag: string;

  constructor(value: object) {
    this.body = JSON.stringify(value);
    this.etag = `"${createHash('sha256').update(this.body).digest('base64url').slice(0, 22)}"`;
  }

  /**
   * Writes status and headers of the answer.
   * @param lifetime seconds for which anyone may keep it
   * @returns the body; nothing when the caller has this version already
   * @see RFC 9110 §13.1.2; RFC 9111 §5.2.2
   */
  answer(request: FastifyRequest, reply: FastifyReply, lifetime: number): string | undefined {
    void reply.headers({
      etag: this.etag,
      'cache-control': `public, max-age=${lifetime}`,
      'content-type': 'application/json; charset=utf-8',
    });
    if (!this.isKnownTo(request.headers['if-none-match'])) return this.body;
    void reply.status(304);
    return undefined; // an empty text would be sent with its length, which must be that of the document (RFC 9110 §8.6)
  }

  private isKnownTo(validators: string | undefined): boolean {
    if (validators === undefined) return false;
    const known = validators.split(',').map((validator) => validator.trim().replace(/^W\//, '')); // RFC 9110 §13.1.2: weak comparison
    return known.includes('*') || known.includes(this.etag);
  }
}
