import { applyDecorators, type CanActivate, type ExecutionContext, Injectable, SetMetadata, UseGuards } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiResponse } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LimitedEndpoint } from './limit-names.js';
import { RateLimits } from './rate-limits.service.js';

const LIMITED = 'chartkey:limited';

/** Counts requests by address before anything else is done for them. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly limits: RateLimits,
    private readonly reflector: Reflector,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const http = context.switchToHttp();
    const endpoint = this.reflector.get<LimitedEndpoint>(LIMITED, context.getHandler());
    this.limits.takeAddress(endpoint, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
    return true;
  }
}

/** Limits how often one address may ask. Stands below other guards, which then run after it. */
export const Limited = (endpoint: LimitedEndpoint): MethodDecorator =>
  applyDecorators(
    SetMetadata(LIMITED, endpoint),
    UseGuards(RateLimitGuard),
    ApiResponse({
      status: 429,
      description: '`temporarily_unavailable`: too many requests of this address, client or person. RFC 6585 §4',
      headers: {
        'Retry-After': { description: 'Seconds', schema: { type: 'integer' } },
        RateLimit: { description: 'What is left of the limit that was reached', schema: { type: 'string' } },
        'RateLimit-Policy': { description: 'The limit', schema: { type: 'string' } },
      },
    }),
  );
