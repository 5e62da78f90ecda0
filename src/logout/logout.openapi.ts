import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiQuery, ApiResponse } from '@nestjs/swagger';

const PARAMETERS: Readonly<Record<string, { description: string; example: string }>> = {
  id_token_hint: {
    description: 'An ID token that this server issued to the client; it may have expired. OIDC RP-Initiated Logout §2',
    example: 'eyJhbGciOiJSUzI1NiJ9.e30.c2lnbmF0dXJl',
  },
  client_id: { description: 'The client, where no hint names it; equal to that of the hint otherwise.', example: 'demo-client' },
  post_logout_redirect_uri: {
    description: 'Where the browser goes afterwards: one of the client’s `post_logout_redirect_uris`.',
    example: 'https://app.example/signed-out',
  },
  state: { description: 'Returned with `post_logout_redirect_uri`.', example: 'af0ifjsldkj' },
};

const DECISION = {
  decision: { type: 'string', enum: ['sign_out', 'stay'], description: 'Which button was pressed.' },
  csrf_token: { type: 'string', description: 'From the page.' },
};

/** The parameters of a logout request as a query. */
export const ApiLogoutQuery = (): MethodDecorator =>
  applyDecorators(...Object.entries(PARAMETERS).map(([name, facts]) => ApiQuery({ name, required: false, type: String, ...facts })));

/** The same as a form; with `decision`, the form of the confirmation page. */
export const ApiLogoutForm = (kind: 'request' | 'decision' = 'request'): MethodDecorator => {
  const properties = Object.fromEntries(Object.entries(PARAMETERS).map(([name, facts]) => [name, { type: 'string', ...facts }]));
  if (kind === 'request') return ApiBody({ schema: { type: 'object', properties } });
  return ApiBody({ schema: { type: 'object', properties: { ...properties, ...DECISION }, required: Object.keys(DECISION) } });
};

/** What a logout request is answered with. */
export const ApiLogoutAnswers = (): MethodDecorator =>
  applyDecorators(
    ApiOkResponse({ description: 'A page: the question whether to sign out, or how it ended', content: { 'text/html': {} } }),
    ApiResponse({ status: 303, description: 'Signed out; on to the registered `post_logout_redirect_uri`, with `state`' }),
    ApiResponse({
      status: 400,
      description: '`invalid_request` (a page): `id_token_hint` is not an ID token of this server or of another client than `client_id`',
      content: { 'text/html': {} },
    }),
    ApiResponse({ status: 403, description: '`access_denied` (a page): a form that none of our pages sent', content: { 'text/html': {} } }),
  );
