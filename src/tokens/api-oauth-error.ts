import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { OAUTH_ERRORS, type OAuthErrorCode } from '../protocol/errors/oauth-error.js';

class OAuthErrorDto {
  @ApiProperty({ example: 'invalid_request', description: 'RFC 6749 §5.2' })
  error!: string;

  @ApiProperty({ required: false, description: 'For the developer of the client' })
  error_description?: string;
}

/**
 * Documents the errors of a route, each code under its status and with an example.
 * @param errors code -> when it is answered
 */
export function ApiOAuthErrors(errors: Partial<Record<OAuthErrorCode, string>>): MethodDecorator {
  const entries = Object.entries(errors) as [OAuthErrorCode, string][];
  const statuses = new Set(entries.map(([code]) => OAUTH_ERRORS[code].status));
  return applyDecorators(ApiExtraModels(OAuthErrorDto), ...[...statuses].map((status) => ofStatus(status, entries)));
}

function ofStatus(status: number, all: readonly [OAuthErrorCode, string][]): MethodDecorator {
  const entries = all.filter(([code]) => OAUTH_ERRORS[code].status === status);
  const examples = entries.map(([code, when]) => [code, { summary: when, value: { error: code, error_description: when } }] as const);
  return ApiResponse({
    status,
    description: entries.map(([code, when]) => `\`${code}\` (${OAUTH_ERRORS[code].source}): ${when}`).join('\n\n'),
    content: { 'application/json': { schema: { $ref: getSchemaPath(OAuthErrorDto) }, examples: Object.fromEntries(examples) } },
  });
}
