import { In } from 'typeorm';
import { MfaRegistration } from '../../mfa/mfa-registration.entity.js';
import { openWithPassPhrase } from '../../platform/ehr/crypto-gen.js';
import { EhrCryptoError } from '../../platform/ehr/ehr-crypto.error.js';
import type { SecretBox } from '../../platform/ehr/secret-box.js';
import { UserSecret } from '../../users/user-secret.entity.js';
import { User } from '../../users/user.entity.js';
import { type Check, error, type Finding } from '../check.js';
import type { Examination } from '../examination.js';
import { counted, nameList } from '../name-list.js';

const BASE32 = /^[A-Z2-7 ]+=*$/i;

/** Whether the secrets of authenticator apps open. */
export class SecondFactorsCheck implements Check {
  readonly id = 'second-factors';
  readonly healthy = 'Every authenticator secret opens';
  readonly needs = ['ehr-tables', 'keys'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source } = this.examination;
    const { secretBox } = await this.examination.openSite();
    const registrations = await source.getRepository(MfaRegistration).findBy({ method: 'TOTP' });
    const closed: number[] = [];
    const reasons = new Set<string>();
    for (const registration of registrations) {
      const problem = await this.findProblem(registration, secretBox);
      if (problem === null) continue;
      closed.push(registration.userId);
      reasons.add(problem);
    }
    if (closed.length === 0) return [];
    const users = await source.getRepository(User).findBy({ id: In(closed) });
    return [
      error('second-factors.closed', [
        `${counted(closed.length, 'authenticator secret')} of ${registrations.length} do not open, or are no secrets: ${nameList(users.map(({ username }) => username ?? ''))}`,
        `These people are asked for a code, and no code is right: ${[...reasons].join('; ')}`,
        'Restore the key that is named; where none is, remove the registration in the EHR (Administration, Users, MFA), and have the person enrol again',
      ]),
    ];
  }

  /** @returns why the secret cannot be used, naming keys and places; null when it can */
  private async findProblem({ data, userId }: MfaRegistration, secretBox: SecretBox): Promise<string | null> {
    try {
      return BASE32.test(secretBox.open(data)) ? null : 'not base32';
    } catch (failure) {
      if (!(failure instanceof EhrCryptoError)) throw failure;
      return (await this.isInstallerForm(data, userId)) ? null : failure.message;
    }
  }

  /** What the EHR's installer wrote is sealed with the person's password hash, and rewritten at the next sign-in. */
  private async isInstallerForm(data: string, userId: number): Promise<boolean> {
    const secret = await this.examination.source.getRepository(UserSecret).findOneBy({ userId });
    try {
      return BASE32.test((await openWithPassPhrase(data, secret?.passwordHash ?? '')).toString('utf8'));
    } catch (failure) {
      if (failure instanceof EhrCryptoError) return false;
      throw failure;
    }
  }
}
