import { applyDecorators } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import { CSRF_FIELD } from '../platform/web/form-parts.view.js';
import { LAUNCH_KINDS } from './simulator-form.js';

const FIELDS = {
  [CSRF_FIELD]: { type: 'string', description: 'From the page.' },
  kind: { type: 'string', enum: [...LAUNCH_KINDS], description: 'From the chart, or on its own with or without a patient.' },
  app: { type: 'string', description: '`client_id` of the app; `other_app` wins over it.' },
  other_app: { type: 'string', description: '`client_id` of an app that is not in the list.' },
  user: { type: 'string', description: 'Login name, or uuid.', example: 'clinician' },
  patient: { type: 'string', description: 'Number of the patient in the EHR (`pid`); empty for none.', example: '1' },
  scope: { type: 'string', description: 'Of the built-in app, without `launch` and `launch/patient`.' },
  pkce: { type: 'string', enum: ['1'], description: 'The built-in app sends a code challenge.' },
  search: { type: 'string', description: 'What is known of the patient.' },
  find: { type: 'string', enum: ['1'], description: 'Find patients instead of starting the app.' },
};

/** Describes what the pages of the simulator have in common. */
export const ApiSimulator = (): ClassDecorator =>
  applyDecorators(
    ApiTags('Launch simulator'),
    ApiProduces('text/html'),
    ApiNotFoundResponse({ description: 'A page: invalid_request (the simulator is switched off, CHARTKEY_LAUNCH_SIMULATOR).' }),
  );

/** Describes a page, on its route: Nest gives an empty answer to a route that has none of its own. */
export const ApiSimulatorPage = (summary: string, description: string): MethodDecorator =>
  applyDecorators(
    ApiOperation({ summary, description }),
    ApiOkResponse({ description: 'The page.' }),
    ApiResponse({ status: 303, description: 'To the sign-in page, for whoever has to sign in first: on the database of an EHR.' }),
    ApiForbiddenResponse({ description: 'A page: access_denied (not for patients, nor for staff who may see none).' }),
  );

/** Describes the form. */
export const ApiSimulatorForm = (): MethodDecorator =>
  applyDecorators(
    ApiSimulatorPage(
      'Start an app',
      'The form of the page. A launch from the chart is made as `smart/launch` makes it. SMART App Launch 2.2, "EHR launch"',
    ),
    ApiConsumes('application/x-www-form-urlencoded'),
    ApiBody({ schema: { type: 'object', required: [CSRF_FIELD], properties: FIELDS } }),
    ApiBadRequestResponse({ description: 'A page: invalid_request (malformed).' }),
    ApiUnsupportedMediaTypeResponse({ description: 'A page: invalid_request (the body is not a form).' }),
  );
