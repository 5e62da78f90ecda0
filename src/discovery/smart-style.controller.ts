import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { smartStyle, type SmartStyle } from '../platform/web/assets/smart-style.js';
import { Access } from '../platform/web/access.js';
import { PublicDocument } from '../platform/web/public-document.js';

/** Seconds for which anyone may keep it. */
const KEPT = 300;

class SmartStyleDto implements SmartStyle {
  @ApiProperty({ example: '#eef3f6', description: 'Behind the page' })
  color_background!: string;

  @ApiProperty({ example: '#a11b16' })
  color_error!: string;

  @ApiProperty({ example: '#0b5f7d', description: 'Buttons and links' })
  color_highlight!: string;

  @ApiProperty({ example: '#16242c' })
  color_modal_backdrop!: string;

  @ApiProperty({ example: '#084a62' })
  color_success!: string;

  @ApiProperty({ example: '#16242c' })
  color_text!: string;

  @ApiProperty({ example: '8px' })
  dim_border_radius!: string;

  @ApiProperty({ example: '16px' })
  dim_font_size!: string;

  @ApiProperty({ example: '16px' })
  dim_spacing_size!: string;

  @ApiProperty({ example: "system-ui, 'Segoe UI', sans-serif" })
  font_family_body!: string;

  @ApiProperty({ example: "system-ui, 'Segoe UI', sans-serif" })
  font_family_heading!: string;

  @ApiProperty({ example: 'https://id.clinic.example/oauth2/default/assets/mark.svg?v=0123456789abcdef' })
  logo_primary!: string;
}

/** Tells apps how the pages of this server look. */
@ApiTags('Discovery')
@Controller('smart')
export class SmartStyleController {
  private readonly document: PublicDocument;

  constructor({ issuer }: Config) {
    this.document = new PublicDocument(smartStyle(issuer));
  }

  /** Where `smart_style_url` of a launch context leads. @see SMART App Launch 2.2, "Styling" */
  @Get('smart-style')
  @Access('public')
  @ApiOperation({
    summary: 'Colours and type for apps',
    description: 'What `smart_style_url` in a token response names. SMART App Launch 2.2',
  })
  @ApiHeader({ name: 'if-none-match', required: false, description: 'ETag of the copy you hold (RFC 9110 §13.1.2)' })
  @ApiOkResponse({ type: SmartStyleDto })
  @ApiResponse({ status: 304, description: 'Your copy is still right' })
  get(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): string | undefined {
    return this.document.answer(request, reply, KEPT);
  }
}
