import { Controller, Get, Header, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiSecurity, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { Config } from '../config/config.js';
import { METRICS_TOKEN } from '../openapi/security-schemes.js';
import { Access } from '../web/access.js';
import { mayReadMetrics } from './metrics-access.js';
import { Metrics } from './metrics.service.js';

/** For Prometheus. Whoever may not read it finds nothing there. */
@ApiTags('Operations')
@Controller('/metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly config: Config,
  ) {}

  @Get()
  @Access('public')
  @Header('cache-control', 'no-store')
  @ApiOperation({
    summary: 'What the process counts',
    description:
      'Text format of Prometheus. Open as `CHARTKEY_METRICS` says: to programs of the same machine unless it is changed; and to whoever ' +
      'sends `CHARTKEY_METRICS_TOKEN`.',
  })
  @ApiSecurity({})
  @ApiBearerAuth(METRICS_TOKEN)
  @ApiProduces('text/plain')
  @ApiOkResponse({
    description: 'Metrics of Node.js and of the server',
    schema: { type: 'string', example: 'chartkey_compatibility_uses_total{switch="ehr-claims",client_id="…"} 3' },
  })
  @ApiNotFoundResponse({ description: '`invalid_request`: not for this caller' })
  read(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!mayReadMetrics(request, this.config)) {
      throw new OAuthError('invalid_request', 'There is nothing at this address.', {
        status: 404,
        detail: 'metrics are not for this caller',
      });
    }
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
