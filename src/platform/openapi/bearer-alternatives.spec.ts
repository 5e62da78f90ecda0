import type { OpenAPIObject } from '@nestjs/swagger';
import { acceptOAuthWhereBearer } from './bearer-alternatives.js';

const documentWith = (security?: Array<Record<string, string[]>>): OpenAPIObject => ({
  openapi: '3.0.0',
  info: { title: 't', version: '1' },
  paths: { '/a': { get: { responses: {}, security } } },
});

const securityOf = (document: OpenAPIObject): unknown => document.paths['/a']?.get?.security;

describe('acceptOAuthWhereBearer', () => {
  it('offers the sign-in of Swagger UI beside a bearer token', () => {
    expect(securityOf(acceptOAuthWhereBearer(documentWith([{ bearer: [] }])))).toEqual([{ oauth2: [] }, { bearer: [] }]);
  });

  it.each([[undefined], [[{ basic: [] }]], [[{ bearer: [] }, { oauth2: ['openid'] }]]])('leaves %j alone', (security) => {
    expect(securityOf(acceptOAuthWhereBearer(documentWith(security as Array<Record<string, string[]>>)))).toEqual(security);
  });
});
