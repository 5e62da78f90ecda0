import { Injectable } from '@nestjs/common';
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { KeyAssertions, type KeyVerdict } from '../mfa/key-assertions.service.js';
import { type CodeOutcome, type EnrolledFactors, MfaService } from '../mfa/mfa.service.js';
import { RememberedDevices } from '../mfa/remembered-devices.service.js';
import { AuditService } from '../platform/audit/audit.service.js';
import { AddressAttempts } from '../platform/throttle/address-attempts.js';
import { AttemptNotes } from './attempt-notes.service.js';
import { Accounts } from './accounts.service.js';
import type { Person } from './person.js';

/** What somebody has to show beside the password: nothing, a code (or a key, if they have one), or a key and nothing else. */
export type SecondFactorKind = 'none' | 'totp' | 'key';

/** What else is known of whoever shows a factor. */
export interface FactorSender {
  readonly userAgent?: string | null;
  /** The app that sent it; absent for a browser. */
  readonly clientId?: string;
}

/** A second factor was right. */
export interface ShownFactor {
  /** What the tokens say about it. @see RFC 8176 §2 */
  readonly amr: readonly string[];
}

/** What came of an attempt; `reason` is for the audit log, and never holds the code. */
interface Judged {
  readonly amr: readonly string[] | null;
  readonly reason: string;
}

/** Has people show their second factor. Every attempt is counted and audited, whatever kind it is of. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly mfa: MfaService,
    private readonly keys: KeyAssertions,
    private readonly devices: RememberedDevices,
    private readonly accounts: Accounts,
    private readonly addresses: AddressAttempts,
    private readonly audit: AuditService,
    private readonly notes: AttemptNotes,
  ) {}

  of(person: Person): Promise<EnrolledFactors> {
    return this.mfa.factorsOf(person);
  }

  async kindOf(person: Person): Promise<SecondFactorKind> {
    const { hasApp, keys } = await this.of(person);
    if (hasApp) return 'totp';
    return keys > 0 ? 'key' : 'none';
  }

  /**
   * Checks a code of an authenticator app, or a recovery code, and uses it up. Only somebody with a second factor has codes.
   * @param code as typed
   * @param address IP address of the caller
   * @returns null when it was not right
   */
  async proveCode(person: Person, code: string, address: string, from: FactorSender = {}): Promise<ShownFactor | null> {
    if ((await this.kindOf(person)) === 'none') return null;
    return this.prove(person, { address, ...from }, async () => judgedCode(await this.mfa.verify(person, code)));
  }

  /** What the browser needs to ask the person's keys. @param purpose what the answer is bound to */
  keyOptions(person: Person, purpose: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    return this.keys.options(purpose, person);
  }

  /**
   * Checks what a key has answered.
   * @param purpose as it was given to `keyOptions`
   * @param sent JSON of the credential
   * @param address IP address of the caller
   * @returns null when it was not right
   */
  proveKey(person: Person, purpose: string, sent: string, address: string, from: FactorSender = {}): Promise<ShownFactor | null> {
    return this.prove(person, { address, ...from }, async () => judgedKey(await this.keys.verify(purpose, sent, person)));
  }

  /** Whether this browser was remembered, so that the password is enough. */
  async isRemembered(person: Person, request: FastifyRequest): Promise<boolean> {
    const mark = this.devices.days === 0 ? null : await this.accounts.findPasswordMark(person);
    if (mark === null || !(await this.devices.isKnown(person.subject, mark, request))) return false;
    return (
      (await this.prove(person, { address: request.ip }, () =>
        Promise.resolve({ amr: [], reason: 'OAuth2 MFA not asked on a remembered device' }),
      )) !== null
    );
  }

  /** Days for which this browser may be remembered; 0 when that is not offered. */
  get rememberDays(): number {
    return this.devices.days;
  }

  /** Remembers this browser, until the password changes. */
  async remember(person: Person, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const mark = await this.accounts.findPasswordMark(person);
    if (mark !== null) await this.devices.remember(person.subject, mark, request, reply);
  }

  /** A wrong or repeated factor counts towards the same lock-out as a wrong password. */
  private async prove(
    person: Person,
    sender: FactorSender & { address: string },
    judge: () => Promise<Judged>,
  ): Promise<ShownFactor | null> {
    const { userId, username, patientNumber, isActive } = person;
    const onAccount = await this.accounts.findAttempt(person);
    if (onAccount === null || !isActive) return null;
    const { address } = sender;
    const fromAddress = await this.addresses.open(address);
    const groupName = await this.accounts.groupNameOf(person);
    const about = { event: 'second factor', address, username, groupName, userId, patientNumber } as const;
    const tooMany = this.accounts.tooManyFailures(person);
    const locked = fromAddress.refusal ?? (onAccount.isRefused ? tooMany : null);
    const { amr, reason } = locked === null ? await judge() : { amr: null, reason: locked };
    if (amr !== null && (await onAccount.succeed()) && (await fromAddress.succeed())) {
      await this.audit.record({ ...about, success: true, reason });
      return { amr };
    }
    await onAccount.fail();
    await fromAddress.fail();
    await this.audit.record({ ...about, success: false, reason: amr === null ? reason : tooMany });
    await this.notes.factorRefused(person, locked !== null || amr !== null, sender);
    return null;
  }
}

const CODE_REASONS = { accepted: 'correct', wrong: 'incorrect', used: 'used before' } as const;

/** Either kind is a one-time password. RFC 8176 §2 */
function judgedCode({ kind, verdict }: CodeOutcome): Judged {
  const reason = `OAuth2 MFA (${kind}) ${kind === 'TOTP' ? 'code ' : ''}${CODE_REASONS[verdict]}`;
  return { amr: verdict === 'accepted' ? ['otp'] : null, reason };
}

function judgedKey(verdict: KeyVerdict): Judged {
  if (verdict.outcome === 'accepted') return { amr: verdict.amr, reason: `OAuth2 MFA (${verdict.kind}) correct` };
  return { amr: null, reason: `OAuth2 MFA (${verdict.kind}) refused: ${verdict.reason}` };
}
