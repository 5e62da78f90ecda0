import type { OpenAPIObject } from '@nestjs/swagger';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

/**
 * Lets whatever takes a bearer token also take the one that Swagger UI's own sign-in got: to OpenAPI these are two schemes.
 * @returns the same document, changed
 * @see OpenAPI 3.0 Security Requirement Object: entries of the list are alternatives
 */
export function acceptOAuthWhereBearer(document: OpenAPIObject): OpenAPIObject {
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const operation: Operation | undefined = path[method];
      const security = operation?.security;
      if (!security?.some((schemes) => 'bearer' in schemes) || security.some((schemes) => 'oauth2' in schemes)) continue;
      security.unshift({ oauth2: [] });
    }
  }
  return document;
}
