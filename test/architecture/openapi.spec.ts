import 'reflect-metadata';
import type { OpenAPIObject } from '@nestjs/swagger';
import { openApiDocument } from '../../src/platform/openapi/openapi.js';
import { OAUTH_ERRORS } from '../../src/protocol/errors/oauth-error.js';
import { GRANTS } from '../../src/tokens/grants/index.js';
import { startServer, type TestServer } from '../support/start-server.js';

type Path = OpenAPIObject['paths'][string];
type Operation = NonNullable<Path['get']>;

interface Described {
  /** `post /oauth2/default/token`. */
  readonly place: string;
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** Operations that cannot fail for a reason of the caller's, and why. */
const INFALLIBLE: Readonly<Record<string, string>> = {
  'get /': 'a page that needs nothing',
  'get /health/live': 'answers as long as there is anybody to answer',
  'get /oauth2/default/.well-known/oauth-authorization-server': 'a document that is the same for everyone',
  'get /oauth2/default/.well-known/openid-configuration': 'a document that is the same for everyone',
  'get /oauth2/default/.well-known/smart-configuration': 'a document that is the same for everyone',
  'get /oauth2/default/jwk': 'a document that is the same for everyone',
  'get /oauth2/default/login': 'a page that sends people back to their app',
  'get /oauth2/default/provider/login': 'a page that sends people back to their app',
  'get /oauth2/default/smart/smart-style': 'a document that is the same for everyone',
};

describe('The OpenAPI document', () => {
  let server: TestServer;
  let document: OpenAPIObject;
  let operations: readonly Described[];

  beforeAll(async () => {
    server = await startServer();
    document = JSON.parse(JSON.stringify(openApiDocument(server.app, server.config))) as OpenAPIObject;
    operations = Object.entries(document.paths).flatMap(([path, item]) =>
      METHODS.flatMap((method) => {
        const operation = item[method];
        return operation === undefined ? [] : [{ place: `${method} ${path}`, path, operation }];
      }),
    );
  });

  afterAll(() => server.stop());

  const faultyPlaces = (isFaulty: (described: Described) => boolean): string[] => operations.filter(isFaulty).map(({ place }) => place);

  it('is served as it is made', async () => {
    const answer = await fetch(`${server.origin}/swagger/openapi.json`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual(document);
  });

  it('is OpenAPI 3.0: version, title, and paths from the root', () => {
    expect(document.openapi).toMatch(/^3\.0\.\d$/);
    expect(document.info).toMatchObject({
      title: expect.stringMatching(/./),
      version: expect.stringMatching(/./),
      description: expect.stringMatching(/./),
    });
    expect(Object.keys(document.paths).filter((path) => !path.startsWith('/'))).toEqual([]);
    expect(operations.length).toBeGreaterThan(0);
  });

  it('has what every reference points to', () => {
    const pointers = [...referencesIn(document)];
    expect(pointers.length).toBeGreaterThan(0);
    expect(pointers.filter((pointer) => resolve(document, pointer) === undefined)).toEqual([]);
  });

  it('describes every parameter of a path, and no other', () => {
    const namesOf = ({ operation }: Described): string[] =>
      (operation.parameters ?? []).flatMap((parameter) => ('in' in parameter && parameter.in === 'path' ? [parameter.name] : []));
    const written = ({ path }: Described): string[] => [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    expect(faultyPlaces((described) => namesOf(described).sort().join() !== written(described).sort().join())).toEqual([]);
  });

  it('names every operation once', () => {
    const ids = operations.map(({ operation }) => operation.operationId ?? '');
    expect(ids.filter((id, at) => id === '' || ids.indexOf(id) !== at)).toEqual([]);
  });

  it('says what every operation is for, under tags that are explained', () => {
    const tags = new Set((document.tags ?? []).filter(({ description }) => description).map(({ name }) => name));
    expect(faultyPlaces(({ operation }) => !operation.summary || !operation.description)).toEqual([]);
    expect(faultyPlaces(({ operation }) => !operation.tags?.length || !operation.tags.every((tag) => tags.has(tag)))).toEqual([]);
  });

  it('says what every operation answers, when it works and when it does not', () => {
    const statuses = ({ operation }: Described): string[] => Object.keys(operation.responses);
    expect(faultyPlaces((described) => !statuses(described).some((status) => /^[23]\d\d$/.test(status)))).toEqual([]);
    const infallible = faultyPlaces((described) => !statuses(described).some((status) => /^[45]\d\d$/.test(status)));
    expect(infallible.sort()).toEqual(Object.keys(INFALLIBLE).sort());
    const isSilent = (response: object): boolean =>
      !('$ref' in response || ('description' in response && response.description) || 'content' in response);
    expect(faultyPlaces(({ operation }) => Object.values(operation.responses).some((response) => !response || isSilent(response)))).toEqual(
      [],
    );
  });

  it('names a code of the closed table for every error', () => {
    const namesCode = (response: unknown): boolean =>
      (JSON.stringify(response).match(/\b[a-z_]+\b/g) ?? []).some((word) => word in OAUTH_ERRORS);
    const silent = operations.flatMap(({ place, operation }) =>
      Object.entries(operation.responses).flatMap(([status, response]) =>
        /^[45]/.test(status) && !namesCode(response) ? [`${place} ${status}`] : [],
      ),
    );
    expect(silent).toEqual([]);
  });

  it('uses only ways to sign in that it defines', () => {
    const schemes = document.components?.securitySchemes ?? {};
    expect(
      faultyPlaces(({ operation }) => (operation.security ?? []).some((entry) => Object.keys(entry).some((name) => !(name in schemes)))),
    ).toEqual([]);
  });

  it('explains every property of every schema', () => {
    const silent = Object.entries(document.components?.schemas ?? {}).flatMap(([name, schema]) =>
      Object.entries('properties' in schema ? (schema.properties ?? {}) : {})
        .filter(
          ([, property]) => !('$ref' in property) && !property.description && property.example === undefined && !('allOf' in property),
        )
        .map(([property]) => `${name}.${property}`),
    );
    expect(silent).toEqual([]);
  });

  it('has each endpoint that discovery names', async () => {
    const answer = await fetch(`${server.issuer}/.well-known/openid-configuration`);
    const metadata = (await answer.json()) as Record<string, unknown>;
    const addresses = Object.entries(metadata).filter(([name]) => name.endsWith('_endpoint') || name === 'jwks_uri');
    expect(addresses.length).toBeGreaterThanOrEqual(8);
    const missing = addresses.filter(([, address]) => !(new URL(String(address)).pathname in document.paths));
    expect(missing).toEqual([]);
  });

  it('lets Swagger UI sign in where discovery says', async () => {
    const metadata = (await (await fetch(`${server.issuer}/.well-known/openid-configuration`)).json()) as Record<string, unknown>;
    const flows = Object.values(document.components?.securitySchemes ?? {}).flatMap((scheme) =>
      'type' in scheme && scheme.type === 'oauth2' ? [scheme.flows?.authorizationCode] : [],
    );
    expect(flows).toEqual([
      expect.objectContaining({ authorizationUrl: metadata['authorization_endpoint'], tokenUrl: metadata['token_endpoint'] }),
    ]);
    expect(metadata['scopes_supported']).toEqual(expect.arrayContaining(Object.keys(flows[0]?.scopes ?? {})));
  });

  it('has a form for each grant type of the token endpoint', () => {
    const token = operations.find(({ path, place }) => place.startsWith('post ') && path.endsWith('/token'));
    const body = token?.operation.requestBody;
    const media = body && 'content' in body ? body.content['application/x-www-form-urlencoded'] : undefined;
    const forms = grantTypesOf(document, media?.schema);
    expect(forms.sort()).toEqual(GRANTS.map((grant) => grant.grantType).sort());
    const shown = Object.values(media?.examples ?? {}).map((example) =>
      'value' in example ? (example.value as { grant_type?: string }).grant_type : undefined,
    );
    expect([...new Set(shown)].sort()).toEqual(GRANTS.map((grant) => grant.grantType).sort());
  });
});

/** Every `$ref` below a value. */
function* referencesIn(value: unknown): Generator<string> {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '$ref' && typeof member === 'string') yield member;
    else yield* referencesIn(member);
  }
}

/** What a pointer such as `#/components/schemas/X` points to. @see RFC 6901 */
function resolve(document: unknown, pointer: string): unknown {
  if (!pointer.startsWith('#/')) return undefined;
  const names = pointer
    .slice(2)
    .split('/')
    .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.reduce<unknown>(
    (value, name) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined),
    document,
  );
}

/** The values that `grant_type` may have in a schema and its alternatives. */
function grantTypesOf(document: unknown, schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { $ref, oneOf, anyOf, properties } = schema as {
    $ref?: string;
    oneOf?: unknown[];
    anyOf?: unknown[];
    properties?: { grant_type?: { enum?: string[] } };
  };
  if ($ref !== undefined) return grantTypesOf(document, resolve(document, $ref));
  const alternatives = oneOf ?? anyOf;
  if (alternatives) return alternatives.flatMap((alternative) => grantTypesOf(document, alternative));
  return properties?.grant_type?.enum ?? [];
}
