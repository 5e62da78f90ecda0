import { Controller, Get, NotFoundException, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Access } from './access.js';
import { BrandAssets } from './assets/brand-assets.js';
import { PAGE_ASSETS } from './assets/page-assets.js';

/** A picture that somebody opens by itself may paint, and do nothing else: an SVG is a document. CSP 3 §6.1, HTML §7.1.5 */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/** Style sheet, script and mark of the pages. Their addresses carry a hash of the content, so they may be kept for good. */
@ApiExcludeController()
@Controller('assets')
export class AssetsController {
  constructor(private readonly brand: BrandAssets) {}

  @Get(':name')
  @Access('public')
  get(@Param('name') name: string, @Res({ passthrough: true }) reply: FastifyReply): string | Buffer {
    const asset = PAGE_ASSETS.find((candidate) => candidate.name === name) ?? this.brand.find(name);
    if (!asset) throw new NotFoundException();
    void reply
      .header('content-type', asset.contentType)
      .header('cache-control', 'public, max-age=31536000, immutable')
      .header('content-security-policy', POLICY);
    return asset.body;
  }
}
