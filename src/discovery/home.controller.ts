import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { SWAGGER_PATH } from '../platform/openapi/swagger-address.js';
import { LAUNCH_SIMULATOR_PATH } from '../platform/web/launch-simulator-address.js';
import { Access, ForPeople } from '../platform/web/access.js';
import { PageAnswer } from '../platform/web/answers.js';
import { PageFrames } from '../platform/web/page-frames.service.js';
import { HomePage } from '../platform/web/home.view.js';

/** For somebody who opened the bare address: what this server is, and where to go on. */
@ApiTags('Sign-in pages')
@Controller('/')
export class HomeController {
  constructor(
    private readonly frames: PageFrames,
    private readonly config: Config,
  ) {}

  @Get()
  @ForPeople()
  @Access('public')
  @ApiOperation({ summary: 'Start page', description: 'Leads to the pages of this server that are open to a browser.' })
  @ApiOkResponse({ description: 'A page', content: { 'text/html': {} } })
  async get(@Req() request: FastifyRequest): Promise<PageAnswer> {
    const { swagger, launchSimulator, prefix, webRoot } = this.config;
    const links = {
      account: `${webRoot}/account`,
      ...(swagger && { swagger: `${webRoot}/${SWAGGER_PATH}` }),
      ...(launchSimulator && { launch: `${webRoot}/${LAUNCH_SIMULATOR_PATH}` }),
      discovery: `/${prefix}/.well-known/openid-configuration`,
    };
    return new PageAnswer(HomePage({ frame: await this.frames.of(request), links }));
  }
}
