import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata, UseFilters, UseGuards } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access } from '../platform/web/access.js';
import type { SignedInPerson } from './person.js';
import { PROVEN_WITHIN, SessionGuard, SignInNeededFilter } from './session.guard.js';

/** Seconds for which a sign-in is good enough for what could lock its owner out: changing the password, second factors. */
export const RECENT_PROOF = 900;

/** Opens the pages of a controller to people who are signed in; the others are led through signing in, and back. */
export const ForSignedIn = (): ClassDecorator =>
  applyDecorators(
    Access('session'),
    UseGuards(SessionGuard),
    UseFilters(SignInNeededFilter),
    ApiResponse({ status: 303, description: 'To the next page; or to the sign-in page, for who has to sign in first.' }),
  );

/**
 * Asks of a page, or of all pages of a controller, that its person has proven who they are not long ago.
 * @param seconds since then at most
 */
export const ProvenWithin = (seconds: number): MethodDecorator & ClassDecorator => SetMetadata(PROVEN_WITHIN, seconds);

/** Who sent a request. @throws Error on a route without `ForSignedIn`: a mistake of ours */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): SignedInPerson => {
  const { signedIn } = context.switchToHttp().getRequest<FastifyRequest>();
  if (signedIn === undefined) throw new Error('@SignedIn() needs @ForSignedIn()');
  return signedIn;
});
