import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { KeyAssertions } from '../mfa/key-assertions.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { AddressAttempts } from '../platform/throttle/address-attempts.js';
import { Accounts } from './accounts.service.js';
import { AttemptNotes } from './attempt-notes.service.js';
import { PeopleService } from './people.service.js';
import type { Person, Role } from './person.js';
import type { FactorSender, ShownFactor } from './second-factors.service.js';

/** Somebody who signed in with a passkey alone: it is held, and it knew its owner by finger, face or PIN. */
export interface KeySignIn extends ShownFactor {
  readonly person: Person;
}

/** Signs people in by a passkey, without name and password. Every attempt is counted and audited. @see WebAuthn Level 3 §7.2 */
@Injectable()
export class KeySignIns {
  constructor(
    private readonly keys: KeyAssertions,
    private readonly people: PeopleService,
    private readonly accounts: Accounts,
    private readonly addresses: AddressAttempts,
    private readonly notes: AttemptNotes,
    private readonly audit: AuditService,
  ) {}

  /** What the browser needs to ask for any passkey of this server. @param purpose what the answer is bound to */
  options(purpose: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.keys.options(purpose, null);
  }

  /**
   * @param purpose as it was given to `options`
   * @param sent JSON of the credential
   * @param roles as whom people may sign in
   * @param sender IP address of the caller, and what their browser says of itself
   * @returns null for every failure alike
   */
  async authenticate(
    purpose: string,
    sent: string,
    roles: readonly Role[],
    sender: FactorSender & { address: string },
  ): Promise<KeySignIn | null> {
    const { address } = sender;
    const fromAddress = await this.addresses.open(address);
    const verdict = fromAddress.refusal === null ? await this.keys.verify(purpose, sent, null) : null;
    const subject = verdict?.subject ?? null;
    const person = subject === null ? null : await this.people.find(subject);
    const onAccount = person && (await this.accounts.findAttempt(person));
    const refusal =
      fromAddress.refusal ?? (verdict?.outcome === 'accepted' ? await this.objection(person, roles) : (verdict?.reason ?? ''));
    const isLocked = onAccount?.isRefused === true && person !== null;
    const stands = refusal === null && !isLocked && onAccount !== null && (await onAccount.succeed()) && (await fromAddress.succeed());
    if (!stands) {
      // The count of the account is left alone: a wrong signature says that somebody does not have the key, and it cannot be guessed.
      await fromAddress.fail();
      if (person !== null) await this.notes.passkeyRefused(person, isLocked || fromAddress.refusal !== null, sender);
    }
    const tooMany = person === null ? '' : this.accounts.tooManyFailures(person);
    const reason = stands ? 'signed in with a passkey' : `passkey refused: ${refusal ?? tooMany}`;
    await this.record(person, stands, address, reason);
    return stands && person !== null && verdict?.outcome === 'accepted' ? { person, amr: verdict.amr } : null;
  }

  private async objection(person: Person | null, roles: readonly Role[]): Promise<string | null> {
    if (person === null) return 'its owner is not known any more';
    if (!roles.includes(person.role)) return 'not for this role';
    return (await this.accounts.isAdmitted(person)) ? null : 'its owner is not admitted any more';
  }

  private async record(person: Person | null, success: boolean, address: string, reason: string): Promise<void> {
    const event = person?.role === 'patient' ? 'patient sign-in' : 'staff sign-in';
    const groupName = person === null ? '' : await this.accounts.groupNameOf(person);
    const { userId = null, username = '', patientNumber = null } = person ?? {};
    await this.audit.record({ event, success, address, reason, username, groupName, userId, patientNumber });
  }
}
