import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../../platform/web/access.js';
import { PageAnswer } from '../../platform/web/answers.js';
import { PageFrames } from '../../platform/web/page-frames.service.js';
import { StartAtAppPage } from './start-at-app.view.js';

/** The addresses at which the EHR's own server signs people in: bookmarks lead here. */
@ApiTags('Sign-in pages')
@ApiProduces('text/html')
@ForPeople()
@Access('public')
@Controller()
export class StartAtAppController {
  constructor(private readonly frames: PageFrames) {}

  /** Says where to begin. */
  @Get(['login', 'provider/login'])
  @ApiOperation({
    summary: 'Where signing in begins',
    description:
      'Addresses of the EHR’s own sign-in page. Without a request of an app there is nothing to sign in to, and the page says so.',
  })
  @ApiOkResponse({ description: 'A page that sends people to their app.' })
  async show(@Req() request: FastifyRequest): Promise<PageAnswer> {
    return new PageAnswer(StartAtAppPage({ frame: await this.frames.of(request) }));
  }
}
