import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../platform/config/config.js';
import { LAUNCH_SIMULATOR_PATH } from '../platform/web/launch-simulator-address.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { SignInNeeded } from '../sign-in/session.guard.js';
import { SignedInPeople } from '../sign-in/signed-in-people.service.js';
import { DEMOGRAPHICS } from '../users/ehr-permission.query.js';
import { PermissionsService } from '../users/permissions.service.js';

/** Where the simulator is switched off there is nothing. */
@Injectable()
export class SimulatorSwitchGuard implements CanActivate {
  constructor(private readonly config: Config) {}

  canActivate(): boolean {
    if (this.config.launchSimulator) return true;
    throw new OAuthError('invalid_request', 'There is nothing at this address.', {
      status: 404,
      detail: 'the launch simulator is switched off (CHARTKEY_LAUNCH_SIMULATOR)',
    });
  }
}

/**
 * On the demo EHR anyone may look for patients. On a real one this takes a member of staff who is signed in with this browser and whom the EHR
 * lets see patients.
 */
@Injectable()
export class SimulatorUserGuard implements CanActivate {
  constructor(
    private readonly signedInPeople: SignedInPeople,
    private readonly permissions: PermissionsService,
    private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const signedIn = await this.signedInPeople.find(request);
    if (signedIn !== null) request.signedIn = signedIn;
    if (this.config.databaseUrl === null) return true;
    if (signedIn === null) throw new SignInNeeded({ path: `${this.config.webRoot}/${LAUNCH_SIMULATOR_PATH}`, maxAge: null });
    const { person } = signedIn;
    if (person.role === 'users' && (await this.permissions.isPermitted(person.username, DEMOGRAPHICS))) return true;
    throw new OAuthError('access_denied', 'The launch simulator is for members of staff who may see patients.', {
      detail: `${person.username} has no permission ${DEMOGRAPHICS.section}/${DEMOGRAPHICS.value}`,
    });
  }
}
