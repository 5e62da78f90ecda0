import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { AuthenticatorApps } from '../mfa/authenticator-apps.service.js';
import { MfaService } from '../mfa/mfa.service.js';
import { Passkeys } from '../mfa/passkeys.service.js';
import { RecoveryCodes } from '../mfa/recovery-codes.service.js';
import { RememberedDevices } from '../mfa/remembered-devices.service.js';
import { otpauthLink } from '../mfa/totp-code.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { type Transaction, Transactions } from '../platform/database/transactions.js';
import { Accounts } from './accounts.service.js';
import { EnrolmentPolicy } from './enrolment-policy.service.js';
import type { Person } from './person.js';

/** What an app reads from the QR code, and the key in it. */
export interface AppSecret {
  readonly link: string;
  /** base32. */
  readonly secret: string;
}

/** What came of a first code or a new key. `codes`: recovery codes, when the person had none. */
export type SetupOutcome =
  | { readonly outcome: 'enrolled'; readonly codes: readonly string[]; readonly clockIsOff: boolean }
  /** `clock`: the code is right for another time. `gone`: nothing is being set up any more. `already`: because another page was quicker. */
  | { readonly outcome: 'code' | 'clock' | 'gone' | 'key' | 'already' };

/** Sets second factors up and takes them away. Every change is audited. */
@Injectable()
export class FactorSetup {
  constructor(
    private readonly apps: AuthenticatorApps,
    private readonly passkeys: Passkeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly devices: RememberedDevices,
    private readonly mfa: MfaService,
    private readonly policy: EnrolmentPolicy,
    private readonly accounts: Accounts,
    private readonly audit: AuditService,
    private readonly transactions: Transactions,
  ) {}

  /** Whether the clinic lets this person set factors up here. */
  async isOffered(person: Person): Promise<boolean> {
    return (await this.policy.ruleFor(person)) !== 'off';
  }

  /** @param clinicName what the app calls us */
  async appSecret(person: Person, clinicName: string): Promise<AppSecret> {
    const secret = await this.apps.begin(person);
    return { link: otpauthLink(secret, clinicName, person.username), secret: secret.base32 };
  }

  /** Takes the first code of an app that is being set up: nothing is kept before it is right. @param code as typed */
  async confirmApp(person: Person, code: string, address: string): Promise<SetupOutcome> {
    const verdict = await this.apps.check(person, code);
    if (verdict.outcome === 'gone') return this.overtaken(person);
    if (verdict.outcome === 'wrong') return { outcome: verdict.clockError === null ? 'code' : 'clock' };
    const codes = await this.keepWithCodes(person, (tx) => this.apps.enrol(tx, person, verdict));
    if (codes === null) return this.overtaken(person);
    await this.record(person, address, 'authenticator app enrolled');
    return { outcome: 'enrolled', codes, clockIsOff: verdict.drift !== 0 };
  }

  /** What the browser needs to make a key. @param purpose what its answer is bound to */
  keyOptions(person: Person, purpose: string, clinicName: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    return this.passkeys.enrolmentOptions(person, purpose, clinicName);
  }

  /**
   * Takes a new key in.
   * @param purpose as it was given to `keyOptions`
   * @param sent JSON of the credential
   * @param label as the person calls it
   */
  async confirmKey(person: Person, purpose: string, sent: string, label: string, address: string): Promise<SetupOutcome> {
    const passkey = await this.passkeys.checkEnrolment(person, purpose, sent);
    const codes = 'refusal' in passkey ? null : await this.keepWithCodes(person, (tx) => this.passkeys.keep(tx, passkey, label));
    if (codes === null) {
      await this.record(
        person,
        address,
        `key not enrolled: ${'refusal' in passkey ? passkey.refusal : 'known already, or too many'}`,
        false,
      );
      return { outcome: 'key' };
    }
    await this.record(person, address, 'passkey enrolled');
    return { outcome: 'enrolled', codes, clockIsOff: false };
  }

  async removeApp(person: Person, address: string): Promise<void> {
    if (await this.transactions.run((tx) => this.apps.remove(tx, person))) await this.record(person, address, 'authenticator app removed');
    await this.tidy(person);
  }

  /** @param id of the key */
  async removeKey(person: Person, id: string, address: string): Promise<void> {
    if (await this.transactions.run((tx) => this.passkeys.remove(tx, person.subject, id)))
      await this.record(person, address, 'passkey removed');
    await this.tidy(person);
  }

  /** @returns new recovery codes, which replace all others */
  async replaceCodes(person: Person, address: string): Promise<string[]> {
    const codes = await this.transactions.run((tx) => this.recoveryCodes.replace(tx, person.subject));
    await this.record(person, address, 'recovery codes made anew');
    return codes;
  }

  private async overtaken(person: Person): Promise<SetupOutcome> {
    return { outcome: (await this.apps.has(person)) ? 'already' : 'gone' };
  }

  /** @returns recovery codes if the person had none left, an empty list if they had; null when nothing was kept */
  private async keepWithCodes(person: Person, keep: (tx: Transaction) => Promise<boolean>): Promise<readonly string[] | null> {
    const hasCodes = (await this.recoveryCodes.countLeft(person.subject)) > 0;
    return this.transactions.run(async (tx) => {
      if (!(await keep(tx))) return null;
      return hasCodes ? [] : this.recoveryCodes.replace(tx, person.subject);
    });
  }

  /** Recovery codes and remembered devices stand in for a factor: they go with the last one. */
  private async tidy(person: Person): Promise<void> {
    const { hasApp, keys } = await this.mfa.factorsOf(person);
    if (hasApp || keys > 0) return;
    await this.transactions.run(async (tx) => {
      await this.recoveryCodes.remove(tx, person.subject);
      await this.devices.forgetAll(tx, person.subject);
    });
  }

  private async record(person: Person, address: string, reason: string, success = true): Promise<void> {
    const { userId, username, patientNumber } = person;
    const groupName = await this.accounts.groupNameOf(person);
    await this.audit.record({ event: 'second factor change', success, address, reason, username, groupName, userId, patientNumber });
  }
}
