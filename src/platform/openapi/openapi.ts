import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { siteScope } from '../../protocol/scope/server-scopes.js';
import type { Config } from '../config/config.js';
import { underWebRoot } from '../web/web-root.js';
import { acceptOAuthWhereBearer } from './bearer-alternatives.js';
import { documentDescription } from './document-description.js';
import { INITIAL_ACCESS_TOKEN, METRICS_TOKEN, REGISTRATION_ACCESS_TOKEN } from './security-schemes.js';
import { SWAGGER_CLIENT_ID, SWAGGER_PATH, swaggerRedirectUri } from './swagger-address.js';
import { protectSwaggerPages } from './swagger-headers.js';

const PRESELECTED = ['openid', 'profile', 'email'];

const SCOPES: Readonly<Record<string, string>> = {
  openid: 'Sign-in; needed for an ID token',
  profile: 'Name and the like',
  email: 'E-mail address',
  phone: 'Telephone number',
  address: 'Postal address',
  fhirUser: 'The FHIR resource that stands for the person',
  offline_access: 'A refresh token',
  'api:oemr': 'The own API of the EHR',
  'api:fhir': 'The FHIR API of the EHR',
};

const TAGS: Readonly<Record<string, string>> = {
  'OAuth 2.0': 'Authorization, tokens, introspection, revocation',
  'OpenID Connect': 'Claims about a person, and logout',
  'SMART App Launch': 'How an EHR or a portal starts apps',
  'Client registration': 'How clients introduce themselves',
  Discovery: 'What this server is and can do, for programs',
  'Sign-in pages': 'What people see; programs only send them there',
  'Launch simulator': 'On which developers try how SMART apps are started',
  'Account pages': 'On which people look after themselves',
  Operations: 'For whoever runs the server',
};

/** Serves Swagger UI and the OpenAPI document, when the settings say so. The document is made when it is first asked for. */
export function configureSwagger(app: NestFastifyApplication, config: Config): void {
  if (!config.swagger) return;
  protectSwaggerPages(app.getHttpAdapter().getInstance(), config, SWAGGER_PATH);
  SwaggerModule.setup(SWAGGER_PATH, app, () => openApiDocument(app, config), {
    jsonDocumentUrl: `${SWAGGER_PATH}/openapi.json`,
    raw: ['json'],
    customSiteTitle: 'Chartkey API',
    swaggerOptions: {
      layout: 'BaseLayout', // without the bar of Swagger's own, which writes a style of its own into the page
      persistAuthorization: false, // a token does not outlive the page
      oauth2RedirectUrl: swaggerRedirectUri(config),
      displayRequestDuration: true,
      ...(config.swaggerClient && {
        initOAuth: { clientId: SWAGGER_CLIENT_ID, appName: 'Swagger UI', usePkceWithAuthorizationCodeGrant: true, scopes: PRESELECTED },
      }),
    },
  });
}

/**
 * The OpenAPI document of every endpoint.
 * @param app as `createApp` makes it; it need not listen
 */
export function openApiDocument(app: NestFastifyApplication, config: Config): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setTitle('Chartkey')
    .setDescription(documentDescription(config))
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(config.publicUrl.origin)
    .addOAuth2({
      type: 'oauth2',
      description: 'Sign in and let Swagger UI act for you (RFC 6749 §4.1 with RFC 7636)',
      flows: {
        authorizationCode: {
          authorizationUrl: `${config.issuer}/authorize`,
          tokenUrl: `${config.issuer}/token`,
          refreshUrl: `${config.issuer}/token`,
          scopes: { ...SCOPES, [siteScope(config.site)]: 'This site of the EHR' },
        },
      },
    })
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'An access token (RFC 6750 §2.1)' })
    .addBearerAuth(bearer('The token that the operator of this server hands out for registration (RFC 7591 §3)'), INITIAL_ACCESS_TOKEN)
    .addBearerAuth(bearer('registration_access_token of a client (RFC 7592 §3)'), REGISTRATION_ACCESS_TOKEN)
    .addBearerAuth(bearer('CHARTKEY_METRICS_TOKEN, for whoever collects the metrics from another machine'), METRICS_TOKEN)
    .addBasicAuth({ type: 'http', scheme: 'basic', description: 'client_id and client_secret of a client (RFC 6749 §2.3.1)' });
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  const document = SwaggerModule.createDocument(app, builder.build());
  document.paths = Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [underWebRoot(path, config), item]));
  return acceptOAuthWhereBearer(document);
}

function bearer(description: string): { type: 'http'; scheme: 'bearer'; description: string } {
  return { type: 'http', scheme: 'bearer', description };
}
