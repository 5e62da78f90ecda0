import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { Access } from '../web/access.js';

export class HealthDto {
  @ApiProperty({ example: 'ok' })
  status!: 'ok';
}

/** For load balancers and container engines. */
@ApiTags('Operations')
@Controller('/health')
export class HealthController {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

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
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ description: '`temporarily_unavailable`: the database does not answer' })
  async ready(): Promise<HealthDto> {
    try {
      await this.dataSource.query('SELECT 1');
    } catch (cause) {
      throw new OAuthError('temporarily_unavailable', 'The database does not answer.', { cause, retryAfter: 2 });
    }
    return { status: 'ok' };
  }
}
