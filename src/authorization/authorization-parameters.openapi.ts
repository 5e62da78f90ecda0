import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiQuery } from '@nestjs/swagger';
import type { AuthorizationParameter } from '../protocol/authorization/sent-request.js';
import { PROMPT_VALUES } from '../protocol/authorization/prompt.js';
import { RESPONSE_MODES } from '../protocol/authorization/target.js';

interface Described {
  readonly description: string;
  readonly example?: string;
  readonly required?: true;
  readonly values?: readonly string[];
  readonly repeatable?: true;
}

const PARAMETERS: Readonly<Record<AuthorizationParameter, Described>> = {
  response_type: { description: 'Only `code` is spoken here. RFC 6749 §3.1.1', example: 'code', values: ['code'], required: true },
  client_id: { description: 'Identifier from registration. RFC 6749 §4.1.1', example: 'kcQ7yPb4Vw2nU0Zr5h1dXs', required: true },
  redirect_uri: {
    description: 'One of the registered ones, character by character; may be left out when exactly one is registered. RFC 6749 §3.1.2',
    example: 'https://app.example/callback',
  },
  scope: {
    description: 'Scopes separated by blanks; what the client is not registered for is left out. RFC 6749 §3.3',
    example: 'openid profile api:fhir patient/Patient.read',
    required: true,
  },
  state: { description: 'Repeated in the answer as it was sent; at most 2048 bytes. RFC 6749 §4.1.1', example: 'af0ifjsldkj' },
  response_mode: {
    description:
      'How the answer travels: in the query of a redirect, or in a form that the browser posts. OAuth 2.0 Multiple Response Types §2.1; OAuth 2.0 Form Post Response Mode §2',
    example: 'query',
    values: RESPONSE_MODES,
  },
  nonce: { description: 'Repeated in the ID token; at most 1024 bytes. OIDC Core §3.1.2.1', example: 'n-0S6_WzA2Mj' },
  prompt: {
    description: `Blank-separated: ${PROMPT_VALUES.join(', ')}. \`none\` stands alone: the person is asked nothing, and the client is told when they would have to be. OIDC Core §3.1.2.1`,
    example: 'login',
  },
  max_age: {
    description: 'Seconds since the person last proved who they are; older sign-ins are repeated. OIDC Core §3.1.2.1',
    example: '3600',
  },
  ui_locales: { description: 'Preferred languages, BCP 47; never an error. OIDC Core §3.1.2.1', example: 'en' },
  id_token_hint: {
    description: 'ID token of the person the client expects to meet; it may have expired. OIDC Core §3.1.2.1',
    example: 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI5ZjFkIn0.c2ln',
  },
  login_hint: { description: 'Text with which the sign-in page begins. OIDC Core §3.1.2.1', example: 'clinician' },
  request: { description: 'Refused: request_not_supported. OIDC Core §6.1' },
  request_uri: { description: 'Refused: request_uri_not_supported. OIDC Core §6.2' },
  registration: { description: 'Refused: registration_not_supported. OIDC Core §7.2.1' },
  code_challenge: {
    description: 'base64url of the SHA-256 of the code verifier, 43 characters; public clients must send it. RFC 7636 §4.2',
    example: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
  },
  code_challenge_method: {
    description: '`S256`, sent along with code_challenge; `plain` is refused. RFC 7636 §4.3',
    example: 'S256',
    values: ['S256'],
  },
  acr_values: {
    description:
      'How much proof the app needs: `2` asks for a second factor, in a session that began without as well. Values not known here are left out. OIDC Core §3.1.2.1',
    example: '2',
  },
  resource: {
    description: 'Base URL of an API of this server for which the token is wanted; may be repeated. RFC 8707 §2',
    example: 'https://emr.example.org/apis/default/fhir',
    repeatable: true,
  },
  aud: {
    description: 'Base URL of the API that the app was led to. SMART App Launch 2.2, "Obtain authorization code"',
    example: 'https://emr.example.org/apis/default/fhir',
  },
  launch: { description: 'Launch context from the EHR; needs `aud`. SMART App Launch 2.2, "EHR launch"' },
};

const ENTRIES = Object.entries(PARAMETERS);

/** Describes the parameters of an authorization request in the query. */
export const ApiAuthorizationQuery = (): MethodDecorator =>
  applyDecorators(
    ...ENTRIES.map(([name, { description, example, required = false, values, repeatable = false }]) =>
      ApiQuery({
        name,
        description,
        required,
        isArray: repeatable,
        type: String,
        ...(example && { example }),
        ...(values && { enum: [...values] }),
      }),
    ),
  );

/** Describes the same parameters in a form. */
export const ApiAuthorizationForm = (): MethodDecorator => ApiBody({ required: true, schema: FORM, examples: EXAMPLES });

const FORM = {
  type: 'object',
  required: ENTRIES.filter(([, { required }]) => required).map(([name]) => name),
  properties: Object.fromEntries(
    ENTRIES.map(([name, { description, example, values, repeatable }]) => {
      const text = { type: 'string', ...(example && { example }), ...(values && { enum: [...values] }) };
      return [name, repeatable ? { type: 'array', items: text, description } : { ...text, description }];
    }),
  ),
};

const valuesOf = (...names: AuthorizationParameter[]): Record<string, string | undefined> =>
  Object.fromEntries(names.map((name) => [name, PARAMETERS[name].example]));

const EXAMPLES = {
  public: {
    summary: 'Public client',
    value: valuesOf('response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce', 'code_challenge', 'code_challenge_method'),
  },
  confidential: {
    summary: 'Confidential client',
    value: valuesOf('response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce'),
  },
};
