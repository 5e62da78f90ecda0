import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiBadRequestResponse, ApiOkResponse, ApiOperation, ApiProduces, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access, ForPeople } from '../platform/web/access.js';
import { SentQuery } from '../platform/web/sent.decorator.js';
import { findOwnPath, type OwnPageWish } from '../protocol/authorization/own-request.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { MAX_AGE, RETURN_TO } from '../sign-in/own-page-address.js';
import { AuthorizationService } from './authorization.service.js';
import type { Answer } from './waiting-requests.service.js';

/** The way to pages of our own that ask who is there. */
@ApiTags('Sign-in pages')
@ApiProduces('text/html')
@ForPeople()
@Access('public')
@Controller('sign-in')
export class OwnPageController {
  constructor(private readonly authorization: AuthorizationService) {}

  /** Leads somebody through signing in to the page that they want. */
  @Get()
  @ApiOperation({
    summary: 'Sign in for a page of this server',
    description: 'Pages that need a sign-in lead here; when it is done, on to the page. Nothing is asked of who is signed in already.',
  })
  @ApiQuery({ name: RETURN_TO, required: true, description: 'Path of a page of this server.', example: '/account/apps' })
  @ApiQuery({ name: MAX_AGE, required: false, description: 'Seconds since the person last proved who they are, at most.', example: '900' })
  @ApiOkResponse({ description: 'Never: the answer is a redirect or an error.' })
  @ApiResponse({ status: 303, description: 'To the first page that is needed, or to the page that is wanted.' })
  @ApiBadRequestResponse({ description: 'A page: invalid_request (not a path of this server, or max_age is no number).' })
  enter(
    @SentQuery() query: SentParameters,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Answer> {
    return this.authorization.enter(wishOf(query), request, reply);
  }
}

/** @throws OAuthError invalid_request */
function wishOf(query: SentParameters): OwnPageWish {
  const path = findOwnPath(query.one(RETURN_TO));
  if (path === null) throw new OAuthError('invalid_request', `${RETURN_TO} must be the path of a page of this server`);
  const maxAge = query.one(MAX_AGE);
  if (maxAge !== undefined && !/^\d{1,6}$/.test(maxAge)) throw new OAuthError('invalid_request', `${MAX_AGE} must be a number of seconds`);
  return { path, maxAge: maxAge === undefined ? null : Number(maxAge) };
}
