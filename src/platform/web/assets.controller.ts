import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from './access.js';
import { PAGE_ASSETS } from './assets/page-assets.js';

/** Style sheet, script and mark of the pages. Their addresses carry a hash of the content, so they may be kept for good. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  @Get(':name')
  @Access('public')
  get(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    const asset = PAGE_ASSETS.find((candidate) => candidate.name === name);
    if (!asset) throw new NotFoundException();
    void reply.header('content-type', asset.contentType).header('cache-control', 'public, max-age=31536000, immutable');
    return asset.body;
  }
}
