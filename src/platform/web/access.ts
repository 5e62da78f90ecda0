import { applyDecorators, SetMetadata } from '@nestjs/common';
import type { ErrorChannel } from '../../protocol/errors/error-response.js';

/** Who may call a route. Each kind but `public` also needs its guard; the architecture test compares the two. */
export type AccessKind = 'public' | 'client' | 'bearer' | 'session' | 'admin';

export const ACCESS = 'chartkey:access';
export const ERROR_CHANNEL = 'chartkey:error-channel';

/** Opens a route to the named kind of caller. A route without this mark is closed. */
export const Access = (kind: AccessKind): MethodDecorator & ClassDecorator =>
  applyDecorators(SetMetadata(ACCESS, kind), SetMetadata(ERROR_CHANNEL, channelOf(kind)));

/** A page for people: its errors are pages too. Stands above `@Access`, whose choice it replaces. */
export const ForPeople = (): MethodDecorator & ClassDecorator => SetMetadata(ERROR_CHANNEL, 'page' satisfies ErrorChannel['kind']);

function channelOf(kind: AccessKind): ErrorChannel['kind'] {
  if (kind === 'bearer') return 'bearer';
  return kind === 'session' || kind === 'admin' ? 'page' : 'json';
}
