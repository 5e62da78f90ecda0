import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiExtraModels, getSchemaPath } from '@nestjs/swagger';
import type { GrantType } from './grants/grant.js';

/**
 * Documents the token request: one form and one example for each grant type.
 * @param grants the list that the token endpoint serves
 */
export function ApiTokenRequests(grants: readonly GrantType[]): MethodDecorator {
  const requests = grants.map((grant) => grant.Request);
  const examples = grants.map((grant) => [grant.grantType, { summary: grant.grantType, value: grant.example }] as const);
  return applyDecorators(
    ApiExtraModels(...requests),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({
      required: true,
      schema: { oneOf: requests.map((request) => ({ $ref: getSchemaPath(request) })) },
      examples: Object.fromEntries(examples),
    }),
  );
}
