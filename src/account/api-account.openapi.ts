import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { CSRF_FIELD } from '../platform/web/form-parts.view.js';

/** Describes what the pages of the account have in common. */
export const ApiAccount = (): ClassDecorator =>
  applyDecorators(
    ApiTags('Account pages'),
    ApiProduces('text/html'),
    ApiBadRequestResponse({ description: 'A page: invalid_request (malformed).' }),
    ApiForbiddenResponse({ description: 'A page: access_denied (the form was not sent by the page that this browser was shown).' }),
  );

/** Describes a page, on its route: Nest gives an empty answer to a route that has none of its own. */
export const ApiAccountPage = (summary: string, description = 'For whoever is signed in with this browser.'): MethodDecorator =>
  applyDecorators(ApiOperation({ summary, description }), ApiOkResponse({ description: 'The page.' }));

type Properties = Readonly<Record<string, { type: string; format?: string; enum?: string[]; description?: string }>>;

/** Describes the form of a page. @param fields beside the CSRF token, all needed unless their description says otherwise */
export const ApiAccountForm = (summary: string, description: string, fields: Properties = {}): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description }),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({
      schema: {
        type: 'object',
        required: [CSRF_FIELD],
        properties: { [CSRF_FIELD]: { type: 'string', description: 'From the page.' }, ...fields },
      },
    }),
    ApiOkResponse({ description: 'The page again, with what is to be corrected; otherwise a redirect.' }),
    ApiUnsupportedMediaTypeResponse({ description: 'A page: invalid_request (the body is not a form).' }),
  );
