import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport from 'passport';
import { Strategy } from 'passport-local';
import { Random } from '../platform/ambient/random.js';
import { Config } from '../platform/config/config.js';
import { RateLimits } from '../platform/throttle/rate-limits.service.js';
import { SentParameters } from '../protocol/parameters/form.js';
import { Authentication, type Credentials } from './authentication.service.js';
import type { Person, Role } from './person.js';

/** What passport-local looks at, and what it hands on to `validate`. */
interface SignInForm {
  readonly body: { readonly username: string; readonly password: string };
  readonly credentials: Credentials;
}

const NAME_BYTES = 9;

/** Signs people in by the form of the sign-in page (passport-local). */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy) {
  /** Passport keeps strategies by name for the whole process, in which several servers may run: each has a name of its own. */
  readonly registeredName: string;

  constructor(
    private readonly authentication: Authentication,
    random: Random,
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {
    super({ passReqToCallback: true });
    this.registeredName = `local-${random.token(NAME_BYTES)}`;
    passport.use(this.registeredName, this);
  }

  /** Reads the form strictly, and never the query: passwords do not belong into addresses. */
  override authenticate(request: unknown, options?: object): void {
    try {
      const form = signInForm(request as FastifyRequest, this.config.expiredPassword === 'change');
      if (form === null) return this.fail({ message: 'no credentials' }, 400);
      super.authenticate(form as never, options);
    } catch (error) {
      this.error(error as Error);
    }
  }

  /** @returns null for every failure alike */
  async validate({ credentials }: SignInForm): Promise<Person | null> {
    this.limits.takePerson(credentials.role, credentials.username);
    return this.authentication.authenticate(credentials);
  }
}

/**
 * @returns null when the person cancels, or left something empty
 * @throws OAuthError invalid_request for a repeated field
 */
function signInForm({ body, ip, headers }: FastifyRequest, mayBeExpired: boolean): SignInForm | null {
  if (!(body instanceof SentParameters) || body.one('cancel') !== undefined) return null;
  const username = body.one('username');
  const password = body.one('password');
  const role = findRole(body.one('user_role'));
  if (username === undefined || password === undefined || role === null) return null;
  const caller = { address: ip, userAgent: headers['user-agent'] ?? null };
  return { body: { username, password }, credentials: { role, username, password, email: body.one('email'), ...caller, mayBeExpired } };
}

function findRole(sent: string | undefined): Role | null {
  return sent === 'users' || sent === 'patient' ? sent : null;
}
