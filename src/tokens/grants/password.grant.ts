import { Injectable, Logger } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, IsString } from 'class-validator';
import type { Client } from '../../clients/client.entity.js';
import { Compatibility } from '../../clients/compatibility.js';
import { ConsentsService } from '../../consents/consents.service.js';
import { Clock } from '../../platform/ambient/clock.js';
import { Random } from '../../platform/ambient/random.js';
import { Config } from '../../platform/config/config.js';
import { type Globals, GlobalSettings } from '../../platform/ehr/global-settings.js';
import { RateLimits } from '../../platform/throttle/rate-limits.service.js';
import { checkRequestedScope } from '../../protocol/authorization/requested-scope.js';
import { hintAt, HINTS } from '../../protocol/compatibility/ehr-token-error.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { isReduced, reportScopes } from '../../protocol/scope/scope-report.js';
import { serverScopeIndex } from '../../protocol/scope/server-scopes.js';
import { acrOf } from '../../protocol/token/acr.js';
import { AttemptNotes } from '../../sign-in/attempt-notes.service.js';
import { Authentication } from '../../sign-in/authentication.service.js';
import { EnrolmentPolicy } from '../../sign-in/enrolment-policy.service.js';
import type { Person, Role } from '../../sign-in/person.js';
import type { GrantFacts, IssuableGrant } from '../issuable-grant.js';
import { TokenRecords } from '../token-records.service.js';
import { Grant } from './grant.js';
import { passwordGrantRoles } from './password-grant-roles.js';
import { TokenRequest } from './token-request.js';

const GRANT_ID_BYTES = 32;
const ONE_FACTOR: readonly string[] = ['pwd']; // RFC 8176 §2
const TWO_FACTORS: readonly string[] = ['pwd', 'otp', 'mfa']; // RFC 8176 §2

/** The app that sends the credentials, and from where. */
interface Sender {
  readonly address: string;
  readonly clientId: string;
}

export class PasswordTokenRequest extends TokenRequest {
  @ApiProperty({ enum: ['password'], description: 'RFC 6749 §4.3.2. May be left out at `/password`' })
  grant_type!: string;

  @ApiProperty({ example: 'clinician', description: 'Login name in the EHR or its portal' })
  @IsString({ message: 'username is missing' })
  username!: string;

  @ApiProperty({ example: 'Clinic#Demo1', description: 'As typed', format: 'password' })
  @IsString({ message: 'password is missing' })
  password!: string;

  @ApiProperty({ enum: ['users', 'patient'], description: '`users` for members of staff, `patient` for portal accounts' })
  @IsString({ message: 'user_role is missing' })
  user_role!: string;

  @ApiProperty({ required: false, example: 'phil@example.org', description: 'Patients must send it; compared where the EHR is set so' })
  @IsOptional()
  @IsString()
  email?: string;

  @ApiProperty({ required: false, example: '123456', description: 'Code of the second factor (TOTP), for people who have enrolled one' })
  @IsOptional()
  @IsString()
  mfa_token?: string;

  @ApiProperty({
    example: 'openid api:fhir',
    description: 'What the token is for; scopes that the client is not registered for are left out',
  })
  @IsOptional()
  @IsString()
  scope?: string;
}

/**
 * Password grant, for clients of the EHR that have it from former days. Off unless the EHR's setting `oauth_password_grant` says for whom.
 * There is no page and no consent, so everything that the sign-in page asks for is asked for here: lock-out and second factor included.
 * @see RFC 6749 §4.3; RFC 9700 §2.4, which advises against it
 */
@Injectable()
export class PasswordGrant extends Grant<PasswordTokenRequest> {
  static readonly grantType = 'password';
  /** The EHR does not look at what a client is registered for here, and lets none register for `password`. */
  static readonly impliedBy: readonly string[] = ['authorization_code', 'refresh_token', 'client_credentials'];
  static readonly Request = PasswordTokenRequest;
  static readonly example = {
    grant_type: 'password',
    username: 'clinician',
    password: 'Clinic#Demo1',
    user_role: 'users',
    scope: 'openid api:fhir',
    client_id: 'demo-public-client-00000000000000000000000001',
  };

  static isOffered(globals: Globals): boolean {
    return passwordGrantRoles(globals).length > 0;
  }

  private readonly logger = new Logger('PasswordGrant');

  constructor(
    private readonly authentication: Authentication,
    private readonly enrolmentPolicy: EnrolmentPolicy,
    private readonly notes: AttemptNotes,
    private readonly consents: ConsentsService,
    private readonly records: TokenRecords,
    private readonly settings: GlobalSettings,
    private readonly compatibility: Compatibility,
    private readonly random: Random,
    private readonly clock: Clock,
    private readonly config: Config,
    private readonly limits: RateLimits,
  ) {
    super();
  }

  async redeem(request: PasswordTokenRequest, client: Client, address: string): Promise<IssuableGrant> {
    const globals = await this.settings.read();
    const scope = this.checkScope(request, client, globals); // before a code is used up or a failure counted
    if (request.user_role === 'patient' && request.email === undefined) {
      throw new OAuthError('invalid_request', 'email is missing', { hint: hintAt('email') });
    }
    const sender = { address, clientId: client.clientId };
    const person = await this.prove(request, globals, sender);
    const amr = (await this.isSecondFactorProven(person, request.mfa_token, sender)) ? TWO_FACTORS : ONE_FACTOR;
    await this.notes.signedInByApp(person, amr, sender);
    const grant = this.begin(client, person, scope, amr);
    return {
      grant,
      scope,
      nonce: null,
      claims: person.claims,
      recipient: person,
      claim: async (tx, issued) => {
        await this.consents.write(tx, {
          clientId: client.clientId,
          subject: person.subject,
          scope: request.scope ?? '',
          isRemembered: false,
          sessionCache: this.sessionOf(request, person),
          grantType: PasswordGrant.grantType,
        });
        await this.records.beginGrant(tx, grant, issued);
      },
    };
  }

  private checkScope({ scope: sent, user_role: sentRole }: PasswordTokenRequest, client: Client, globals: Globals): readonly string[] {
    const role = sentRole === 'users' || sentRole === 'patient' ? sentRole : null; // another one is refused with the credentials
    const systemScopes = globals.text('rest_system_scopes_api') === '1'; // the EHR asks for this very text
    const scopes = serverScopeIndex({ site: this.config.site, systemScopes });
    const { granted, outcomes } = checkRequestedScope(new SentParameters([['scope', sent ?? '']]), client, { scopes }, role); // RFC 6749 §3.3
    if (isReduced(outcomes)) this.logger.log({ event: 'scope reduced', clientId: client.clientId, ...reportScopes(outcomes) });
    return granted;
  }

  /** @throws OAuthError invalid_grant, in the same words whatever it was */
  private async prove(request: PasswordTokenRequest, globals: Globals, sender: Sender): Promise<Person> {
    const { username, password, email } = request;
    const role = passwordGrantRoles(globals).find((name: Role) => name === request.user_role);
    if (role !== undefined) this.limits.takePerson(role, username);
    const person = role === undefined ? null : await this.authentication.authenticate({ role, username, password, email, ...sender });
    if (person !== null) return person;
    const detail = role === undefined ? 'the EHR does not allow this grant for that role' : 'credentials refused';
    throw new OAuthError('invalid_grant', 'the credentials are not valid', { detail, hint: HINTS.credentials }); // RFC 6749 §5.2
  }

  /**
   * @returns whether there was one and it was proven
   * @throws OAuthError mfa_token_required, mfa_token_invalid, mfa_not_supported, in the words of the EHR
   */
  private async isSecondFactorProven(person: Person, code: string | undefined, { address, clientId }: Sender): Promise<boolean> {
    const factor = await this.authentication.secondFactorOf(person);
    if (factor === 'none' && code === undefined) return this.checkEnrolment(person);
    if (code === undefined && (await this.compatibility.apply('password-without-mfa-token', clientId))) return false;
    if (factor !== 'totp') throw new OAuthError('mfa_not_supported', 'MFA not supported.', { detail: `second factor: ${factor}` });
    if (code === undefined) throw new OAuthError('mfa_token_required', 'MFA token required.');
    if (await this.authentication.verifySecondFactor(person, code, address, { clientId })) return true;
    throw new OAuthError('mfa_token_invalid', 'The MFA code you entered was not valid.');
  }

  /**
   * Where the clinic demands a second factor, somebody without one must enrol it on the pages first.
   * @returns false: nothing was proven
   * @throws OAuthError invalid_grant
   */
  private async checkEnrolment(person: Person): Promise<false> {
    const { due } = await this.enrolmentPolicy.dueFor(person);
    if (due !== 'demanded') return false;
    const description = `a second factor must be enrolled first, at ${this.config.publicAddress}/account/factors`;
    throw new OAuthError('invalid_grant', description, { detail: 'second factor demanded and not enrolled' });
  }

  private begin(client: Client, { subject, role }: Person, scope: readonly string[], amr: readonly string[]): GrantFacts {
    return {
      id: this.random.token(GRANT_ID_BYTES),
      clientId: client.clientId,
      subject,
      role,
      grantType: PasswordGrant.grantType,
      scope: [...scope],
      sid: null,
      authTime: this.clock.now(),
      amr: [...amr],
      acr: acrOf(amr),
      launchContext: {},
    };
  }

  /** What the EHR's own server keeps of such a sign-in, by its names. */
  private sessionOf({ username, user_role, email }: PasswordTokenRequest, { subject }: Person): object {
    return {
      site_id: this.config.site,
      pass_user_id: subject,
      pass_username: username,
      pass_user_role: user_role,
      pass_user_email: email ?? '',
    };
  }
}
