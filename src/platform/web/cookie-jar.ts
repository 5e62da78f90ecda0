import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Config } from '../config/config.js';
import './request-context.js';

/**
 * Our cookies: for this host only, out of reach of scripts, not sent along with other sites' requests. Over https they carry the `__Host-`
 * prefix, with which browsers refuse them from anyone else (RFC 6265bis §4.1.3). That prefix asks for the path `/`, so it is the name that tells
 * two servers of one host apart, each under a web root of its own.
 */
@Injectable()
export class CookieJar {
  private readonly isSecure: boolean;
  private readonly place: string;

  constructor(config: Config) {
    this.isSecure = config.publicUrl.protocol === 'https:';
    this.place = config.webRoot === '' ? '' : `${config.webRoot.slice(1).replaceAll('/', '!')}_`;
  }

  nameOf(name: string): string {
    return `${this.isSecure ? '__Host-' : ''}chartkey_${this.place}${name}`;
  }

  find(request: FastifyRequest, name: string): string | null {
    return request.cookies[this.nameOf(name)] ?? null;
  }

  /**
   * It ends with the browser's session: how long it is good for is decided here, not there.
   * @param maxAge seconds for which the browser keeps it beyond that
   */
  set(reply: FastifyReply, name: string, value: string, maxAge?: number): void {
    void reply.setCookie(this.nameOf(name), value, { ...this.options(), ...(maxAge !== undefined && { maxAge }) });
  }

  clear(reply: FastifyReply, name: string): void {
    void reply.clearCookie(this.nameOf(name), this.options());
  }

  private options(): { path: string; httpOnly: true; sameSite: 'lax'; secure: boolean } {
    return { path: '/', httpOnly: true, sameSite: 'lax', secure: this.isSecure };
  }
}
