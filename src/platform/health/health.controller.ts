import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { RedisConnection } from '../redis/redis-connection.service.js';
import { Access } from '../web/access.js';

export class HealthDto {
  @ApiProperty({ example: 'ok' })
  status!: 'ok';
}

class ReadinessDto extends HealthDto {
  @ApiProperty({ enum: ['ready', 'away'], required: false, description: 'With REDIS_URL. The server serves without it as well' })
  redis?: 'ready' | 'away';
}

/** For load balancers and container engines. */
@ApiTags('Operations')
@Controller('/health')
export class HealthController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly redis: RedisConnection,
  ) {}

  @Get('live')
  @Access('public')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether the process runs', description: 'Restart it when this does not answer.' })
  @ApiOkResponse({ type: HealthDto })
  live(): HealthDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Access('public')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Whether it can serve requests', description: 'Send requests elsewhere while the database does not answer.' })
  @ApiOkResponse({ type: ReadinessDto })
  @ApiServiceUnavailableResponse({ description: '`temporarily_unavailable`: the database does not answer' })
  async ready(): Promise<ReadinessDto> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw new OAuthError('temporarily_unavailable', 'The database does not answer.', { cause, retryAfter: 2 });
    }
    const { state } = this.redis;
    return state === 'none' ? { status: 'ok' } : { status: 'ok', redis: state };
  }
}
