import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiForbiddenResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { Access, ForPeople } from '../platform/web/access.js';
import { RedirectAnswer } from '../platform/web/answers.js';
import { Browser } from '../platform/web/browser.js';
import { CSRF_FIELD } from '../platform/web/form-parts.view.js';
import { SentForm } from '../platform/web/sent.decorator.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { InteractionsService } from './interactions.service.js';
import { extensionPurpose, restartPurpose, resumePath } from './steps/pages.js';

const FORM = { type: 'object', required: [CSRF_FIELD], properties: { [CSRF_FIELD]: { type: 'string', description: 'From the page.' } } };
const WAITING = {
  name: 'interaction',
  description: 'The waiting request; it belongs to one browser.',
};

/** For people who need more time than a request has. @see WCAG 2.2 §2.2.1, §2.2.5 */
@ApiTags('Sign-in pages')
@ApiConsumes('application/x-www-form-urlencoded')
@ApiForbiddenResponse({ description: 'access_denied (the form was not sent by the page that this browser was shown).' })
@ApiUnsupportedMediaTypeResponse({ description: 'invalid_request (the body is not a form).' })
@Access('public')
@Controller('authorize')
export class WaitingTimeController {
  constructor(
    private readonly interactions: InteractionsService,
    private readonly browser: Browser,
    private readonly config: Config,
  ) {}

  /** Starts an expired request again, from its beginning. */
  @Post(':interaction')
  @HttpCode(200)
  @ForPeople()
  @ApiOperation({
    summary: 'Start an expired request again',
    description: 'The form of the page that says so. Sent twice, it is one request.',
  })
  @ApiParam(WAITING)
  @ApiBody({ schema: FORM })
  @ApiResponse({ status: 303, description: 'To authorize/{interaction} of the new request.' })
  @ApiBadRequestResponse({ description: 'A page: invalid_request (not expired, answered, of another browser, or gone).' })
  async restart(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<RedirectAnswer> {
    this.browser.checkCsrf(request, form, restartPurpose(id));
    const expired = await this.interactions.findExpired(id, this.browser.findHash(request));
    // What has not expired goes on where it is; what is gone says so there.
    return new RedirectAnswer(resumePath(this.config.prefix, expired === null ? id : await this.interactions.restart(expired)));
  }

  /** Gives the person more time. */
  @Post(':interaction/extend')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Ask for more time',
    description: 'Sent by the script of the pages when a person presses the button. WCAG 2.2 §2.2.1',
  })
  @ApiParam(WAITING)
  @ApiBody({ schema: FORM })
  @ApiOkResponse({
    description: 'How long the request waits from now.',
    schema: { type: 'object', properties: { expires_in: { type: 'integer', description: 'Seconds.', example: 600 } } },
  })
  @ApiBadRequestResponse({ description: 'invalid_request (expired, answered, of another browser, or it has waited for long enough).' })
  async extend(
    @Param('interaction') id: string,
    @SentForm() form: SentParameters,
    @Req() request: FastifyRequest,
  ): Promise<{ expires_in: number }> {
    this.browser.checkCsrf(request, form, extensionPurpose(id));
    const { id: known } = await this.interactions.get(id, this.browser.findHash(request));
    const seconds = await this.interactions.extend(known);
    if (seconds === null) throw new OAuthError('invalid_request', 'this request does not wait any longer');
    return { expires_in: seconds };
  }
}
