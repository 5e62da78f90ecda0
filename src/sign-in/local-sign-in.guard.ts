import { Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import { LocalStrategy } from './local.strategy.js';
import type { Person } from './person.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who signed in with this request; null when nobody did. Set by LocalSignInGuard. */
    user?: Person | null;
  }
}

/**
 * Stands before the route that takes the sign-in page's form, and always lets it pass: who has proven to be somebody is `request.user`,
 * and with null the page is shown again. What is nobody's failure, such as a busy server, is thrown.
 */
@Injectable()
export class LocalSignInGuard extends AuthGuard() {
  constructor(strategy: LocalStrategy) {
    super({ defaultStrategy: strategy.registeredName });
  }

  override handleRequest<Outcome = Person | null>(error: Error | null, person: Person | false | null | undefined): Outcome {
    if (error) throw error;
    return (person || null) as Outcome;
  }
}
