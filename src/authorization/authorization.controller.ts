import { Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiConsumes,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiResponse,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiUnsupportedMediaTypeResponse,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../platform/web/access.js';
import { sentForm, SentQuery } from '../platform/web/sent.decorator.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { ApiAuthorizationForm, ApiAuthorizationQuery } from './authorization-parameters.openapi.js';
import { AuthorizationService } from './authorization.service.js';
import { joinedParameters } from './joined-parameters.js';
import type { Answer } from './waiting-requests.service.js';

const SEE_OTHER =
  'On to a page of this server, or back to the client. To the client go `code`, `state` and `iss`, or `error`, `error_description`, ' +
  '`state` and `iss`. Errors: invalid_request, unauthorized_client, access_denied, unsupported_response_type, invalid_scope (RFC 6749 §4.1.2.1); ' +
  'login_required, consent_required, request_not_supported, request_uri_not_supported, registration_not_supported (OIDC Core §3.1.2.6); ' +
  'invalid_target (RFC 8707 §2).';
const SHOWN =
  'A page for the person, because no address is proven to be the client’s: invalid_request (also for a wrong redirect_uri), ' +
  'invalid_client (not known here), unauthorized_client (waits for approval). RFC 6749 §4.1.2.1';

/** On each route, since Nest gives an empty answer to a route that has none of its own. */
const ApiAnswerPage = (): MethodDecorator =>
  ApiOkResponse({
    description: 'A page which posts the answer to the client (response_mode form_post), or which says that it was given already.',
  });

/** Authorization endpoint. @see RFC 6749 §3.1; OIDC Core §3.1.2 */
@ApiTags('OAuth 2.0')
@ApiProduces('text/html')
@ApiResponse({ status: 303, description: SEE_OTHER, headers: { Location: { schema: { type: 'string' } } } })
@ApiBadRequestResponse({ description: SHOWN })
@ApiServiceUnavailableResponse({ description: 'temporarily_unavailable: the server is busy; Retry-After says when to try again.' })
@ForPeople()
@Access('public')
@Controller('authorize')
export class AuthorizationController {
  constructor(private readonly authorization: AuthorizationService) {}

  /** Receives an authorization request. @see RFC 6749 §4.1.1 */
  @Get()
  @ApiAnswerPage()
  @ApiOperation({
    summary: 'Ask a person for authorization',
    description: 'A browser is sent here by a client. RFC 6749 §4.1.1, OIDC Core §3.1.2.1, RFC 7636 §4.3, RFC 9207 §2',
  })
  @ApiAuthorizationQuery()
  receive(
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return this.authorization.receive(query, request, reply);
  }

  /** The same by POST, for requests too long for an address. @see OIDC Core §3.1.2.1 */
  @Post()
  @HttpCode(200)
  @ApiAnswerPage()
  @ApiOperation({
    summary: 'Ask a person for authorization, by a form',
    description:
      'The same parameters in a form; one that stands in the query as well is repeated, which is refused. RFC 6749 §3.1, OIDC Core §3.1.2.1',
  })
  @ApiConsumes('application/x-www-form-urlencoded')
  @ApiUnsupportedMediaTypeResponse({ description: 'A page: invalid_request (the body is not a form).' })
  @ApiAuthorizationForm()
  receivePosted(@SentQuery() query: SentParameters, @Req() request: FastifyRequest): Promise<Answer> {
    const form = request.body === undefined || request.body === null ? new SentParameters([]) : sentForm(request);
    return this.authorization.receivePosted(joinedParameters(query, form), request);
  }

  /** To which each page of a request returns. */
  @Get(':interaction')
  @ApiAnswerPage()
  @ApiOperation({
    summary: 'Go on with a request that waited for a person',
    description: 'Pages lead here when a person has answered: to the next page, or to the client, once. RFC 6749 §4.1.2',
  })
  @ApiParam({
    name: 'interaction',
    description: 'The waiting request; it belongs to one browser.',
    example: 'Ptw0mJw6n2oVb9WQz0p2cY4nqkq3bM6yQy8X3o0l2uE',
  })
  resume(
    @Param('interaction') interaction: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return this.authorization.resume(interaction, request, reply);
  }
}
