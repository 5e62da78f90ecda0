import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { Config } from '../config/config.js';
import { isAnyApiOn } from '../ehr/api-switches.js';
import { GlobalSettings } from '../ehr/global-settings.js';

const BESIDE_PREFIX: readonly string[] = ['/.well-known/oauth-authorization-server/', '/apis/'];

/**
 * While the EHR has all of its APIs off, every endpoint is as good as absent, as it is at the EHR's own server. What is beside the endpoints
 * (health, metrics, the documentation) goes on, and so do the style sheets of the page that says so.
 * @see the EHR's src/RestControllers/Subscriber/OAuth2AuthorizationListener.php
 */
@Injectable()
export class ApiSwitchGuard implements CanActivate {
  constructor(
    private readonly settings: GlobalSettings,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { url = '' } = context.switchToHttp().getRequest<FastifyRequest>().routeOptions;
    if (this.config.serveWithoutApi || !this.isSwitched(url) || isAnyApiOn(await this.settings.read())) return true;
    throw new OAuthError('temporarily_unavailable', 'The APIs of this site are switched off, and sign-in for apps with them.', {
      status: 404,
      detail: 'rest_api, rest_fhir_api and rest_portal_api of the EHR are all off, and CHARTKEY_SERVE_WITHOUT_API is off',
    });
  }

  /** @param route as it was declared */
  private isSwitched(route: string): boolean {
    const { prefix } = this.config;
    if (BESIDE_PREFIX.some((start) => route.startsWith(start))) return true;
    return route.startsWith(`/${prefix}/`) && !route.startsWith(`/${prefix}/assets/`);
  }
}
