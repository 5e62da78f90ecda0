import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  type ApiBodyOptions,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';

/** Describes what the pages of all steps have in common. */
export const ApiStep = (): ClassDecorator =>
  applyDecorators(
    ApiTags('Sign-in pages'),
    ApiProduces('text/html'),
    ApiParam({
      name: 'interaction',
      description: 'The waiting request; it belongs to one browser.',
      example: 'Ptw0mJw6n2oVb9WQz0p2cY4nqkq3bM6yQy8X3o0l2uE',
    }),
    ApiResponse({ status: 303, description: 'To authorize/{interaction}, where the request goes on.' }),
    ApiBadRequestResponse({ description: 'A page: invalid_request (of another browser, expired, malformed), unauthorized_client.' }),
    ApiForbiddenResponse({ description: 'A page: access_denied (the form was not sent by the page that this browser was shown).' }),
  );

/** Describes what a page fetches to ask a passkey or security key. */
export const ApiKeyOptions = (): MethodDecorator =>
  applyDecorators(
    ApiProduces('application/json'),
    ApiOkResponse({
      description: 'Options of WebAuthn in their JSON form.',
      schema: { type: 'object', required: ['challenge'], properties: { challenge: { type: 'string' } }, additionalProperties: true },
    }),
  );

/** Describes the answer that is a page: on each route, since Nest gives an empty answer to a route that has none of its own. */
export const ApiStepPage = (): MethodDecorator =>
  ApiOkResponse({ description: 'The page, or one which says that the request was answered already.' });

type FormSchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** Describes the form of a page. @param schema of its fields, the CSRF token among them */
export const ApiStepForm = (summary: string, description: string, schema: FormSchema): MethodDecorator =>
  applyDecorators(
    ApiStepPage(),
    ApiOperation({ summary, description }),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiUnsupportedMediaTypeResponse({ description: 'A page: invalid_request (the body is not a form).' }),
    ApiBody({ schema }),
  );
