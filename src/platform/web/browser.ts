import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import type { SentParameters } from '../../protocol/parameters/form.js';
import { Random } from '../ambient/random.js';
import { Config } from '../config/config.js';
import { CookieJar } from './cookie-jar.js';
import { CSRF_FIELD } from './form-parts.view.js';
import './request-context.js';

const COOKIE = 'browser';
const SECRET_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** One browser, known by a secret in its cookie. Requests that wait and forms that are sent belong to it. */
@Injectable()
export class Browser {
  constructor(
    private readonly cookies: CookieJar,
    private readonly random: Random,
    private readonly config: Config,
  ) {}

  /** @returns SHA-256 of the browser's secret, hex; a browser without one is given one */
  identify(request: FastifyRequest, reply: FastifyReply): string {
    const known = this.findSecret(request);
    if (known !== null) return hashOf(known);
    const fresh = this.random.token(SECRET_BYTES);
    this.cookies.set(reply, COOKIE, fresh);
    request.cookies[this.cookies.nameOf(COOKIE)] = fresh; // for the rest of this request
    return hashOf(fresh);
  }

  /** @returns SHA-256 of the browser's secret, hex; null when the browser is new here */
  findHash(request: FastifyRequest): string | null {
    const secret = this.findSecret(request);
    return secret === null ? null : hashOf(secret);
  }

  /**
   * A token that only a page of ours, shown in this browser, can know.
   * @param purpose ties it to one form, such as an interaction's id
   */
  csrfToken(request: FastifyRequest, reply: FastifyReply, purpose: string): string {
    this.identify(request, reply);
    return tokenOf(this.findSecret(request) ?? '', purpose);
  }

  /** The same in a browser that is known already. */
  knownCsrfToken(request: FastifyRequest, purpose: string): string {
    return tokenOf(this.findSecret(request) ?? '', purpose);
  }

  /**
   * Refuses a form that none of our pages sent, or that came from another site.
   * @throws OAuthError access_denied
   */
  checkCsrf(request: FastifyRequest, form: SentParameters, purpose: string): void {
    const secret = this.findSecret(request);
    const sent = Buffer.from(form.one(CSRF_FIELD) ?? '');
    const expected = Buffer.from(tokenOf(secret ?? '', purpose));
    const matches = secret !== null && sent.length === expected.length && timingSafeEqual(sent, expected);
    const { origin } = request.headers;
    const isForeign =
      origin !== undefined && origin !== 'null' && origin !== this.config.publicUrl.origin && !this.isOwnHost(origin, request);
    if (matches && !isForeign) return;
    throw new OAuthError('access_denied', 'This form has expired. Go back to the application and start again.', {
      detail: matches ? `form from origin ${origin}` : 'CSRF token does not match the browser',
    });
  }

  /** A loopback address has several names; the host check has admitted the one that was used. */
  private isOwnHost(origin: string, request: FastifyRequest): boolean {
    return URL.canParse(origin) && new URL(origin).host === request.host;
  }

  private findSecret(request: FastifyRequest): string | null {
    const value = this.cookies.find(request, COOKIE);
    return value !== null && SECRET.test(value) ? value : null;
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function tokenOf(secret: string, purpose: string): string {
  return createHmac('sha256', secret).update(`csrf\n${purpose}`).digest('base64url');
}
