import { Injectable } from '@nestjs/common';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { Clock } from '../../platform/ambient/clock.js';
import { PeopleService } from '../../sign-in/people.service.js';
import type { Person } from '../../sign-in/person.js';
import { SYSTEM_ACCOUNT } from '../../users/service-accounts.js';
import { StaffService } from '../../users/staff.service.js';

/** Milliseconds for which the account is not read again, as with the settings of the EHR: it is a part of its installation. */
const KEPT = 5000;

/** The account of the EHR under which programs act. */
@Injectable()
export class SystemAccount {
  private kept: { readonly account: Person; readonly until: number } | null = null;

  constructor(
    private readonly staff: StaffService,
    private readonly people: PeopleService,
    private readonly clock: Clock,
  ) {}

  /**
   * The account, which is given a uuid if it has none.
   * @throws OAuthError server_error when the EHR lacks it
   */
  async get(): Promise<Person> {
    const now = this.clock.now().getTime();
    if (this.kept === null || this.kept.until <= now || this.kept.until > now + KEPT) {
      this.kept = { account: await this.read(), until: now + KEPT };
    }
    return this.kept.account;
  }

  private async read(): Promise<Person> {
    const user = await this.staff.find(SYSTEM_ACCOUNT);
    if (user !== null) return this.people.ofStaff(user);
    throw new OAuthError('server_error', 'This server is not set up for programs without a user; its operator must look into it.', {
      detail: `the EHR has no account ${SYSTEM_ACCOUNT}`,
    });
  }
}
