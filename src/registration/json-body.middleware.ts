import type { IncomingMessage } from 'node:http';
import { Injectable, type NestMiddleware } from '@nestjs/common';
import { badMetadata } from '../protocol/client/metadata-value.js';

/** Stands before the body is read, where a wrong type would otherwise be refused without a word on what is expected. */
@Injectable()
export class JsonBodyMiddleware implements NestMiddleware {
  /**
   * Hands on invalid_client_metadata when the body is not announced as JSON. It is handed on, not thrown: only beyond this point is
   * there a reply that an error can be written to.
   * @see RFC 7591 §3.1
   */
  use(request: IncomingMessage, _response: unknown, next: (error?: unknown) => void): void {
    const isJson = /^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '');
    next(isJson ? undefined : badMetadata('Unexpected content type: send application/json'));
  }
}
