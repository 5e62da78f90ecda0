import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { generateRegistrationOptions, verifyRegistrationResponse } from '@simplewebauthn/server';
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { LessThan, Repository } from 'typeorm';
import { Clock } from '../platform/ambient/clock.js';
import { Config } from '../platform/config/config.js';
import type { Transaction } from '../platform/database/transactions.js';
import { Passkey } from './passkey.entity.js';
import { challengeOf, findCredential } from './sent-credential.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

/** Whose key it will be. The device shows `username` and `displayName` when it asks which key to use. */
export interface KeyOwner {
  readonly subject: string;
  readonly role: Passkey['role'];
  readonly username: string;
  readonly displayName: string;
}

/** Characters of the name that a person gives a key. */
export const LONGEST_LABEL = 64;

/** Characters; a credential id has at most 1023 bytes. @see WebAuthn Level 3 §4 Credential ID */
const LONGEST_CREDENTIAL_ID = 1364;

/** Keys that a person may have; more than anybody needs. */
export const MOST_PASSKEYS = 20;

/** Passkeys and security keys: enrolled here, and kept in our table alone. @see WebAuthn Level 3 §7.1 */
@Injectable()
export class Passkeys {
  constructor(
    @InjectRepository(Passkey) private readonly passkeys: Repository<Passkey>,
    private readonly challenges: WebauthnChallenges,
    private readonly clock: Clock,
    private readonly config: Config,
  ) {}

  list(subject: string): Promise<Passkey[]> {
    return this.passkeys.find({ where: { subject }, order: { createdAt: 'ASC', id: 'ASC' } });
  }

  /** @param credentialId base64url */
  async find(credentialId: string): Promise<Passkey | null> {
    const passkey = await this.passkeys.findOneBy({ id: hashOf(credentialId) });
    return passkey?.credentialId === credentialId ? passkey : null;
  }

  /**
   * What the browser needs to make a key.
   * @param purpose what the challenge is bound to
   * @param clinicName who asks, in words
   */
  async enrolmentOptions(owner: KeyOwner, purpose: string, clinicName: string): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const known = await this.list(owner.subject);
    return generateRegistrationOptions({
      rpName: clinicName,
      rpID: this.config.publicUrl.hostname,
      userName: owner.username,
      userDisplayName: owner.displayName,
      userID: Uint8Array.from(Buffer.from(owner.subject)),
      challenge: Uint8Array.from(Buffer.from(await this.challenges.issue(purpose), 'base64url')),
      attestationType: 'none',
      excludeCredentials: known.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
    });
  }

  /**
   * Checks what the browser answers when a key was made.
   * @param sent JSON of the credential
   * @returns the key, not yet kept; or why it is refused, for the audit log
   */
  async checkEnrolment(owner: KeyOwner, purpose: string, sent: string): Promise<Passkey | { readonly refusal: string }> {
    const response = findCredential(sent);
    const challenge = challengeOf(response);
    if (response === null || challenge === null) return { refusal: 'not a credential' };
    if (!(await this.challenges.take(challenge, purpose))) return { refusal: 'challenge is used, expired or of another page' };
    try {
      const { verified, registrationInfo } = await verifyRegistrationResponse({
        response: response as unknown as RegistrationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.config.publicUrl.origin,
        expectedRPID: this.config.publicUrl.hostname,
        requireUserVerification: false,
      });
      if (!verified) return { refusal: 'attestation does not verify' };
      const { credential, credentialDeviceType } = registrationInfo;
      if (credential.id.length > LONGEST_CREDENTIAL_ID) return { refusal: 'credential id is longer than any' };
      return {
        id: hashOf(credential.id),
        credentialId: credential.id,
        subject: owner.subject,
        role: owner.role,
        label: '',
        publicKey: Buffer.from(credential.publicKey).toString('base64url'),
        counter: credential.counter,
        transports: transportsOf(credential.transports),
        isSynced: credentialDeviceType === 'multiDevice',
        createdAt: this.clock.now(),
        lastUsedAt: null,
      };
    } catch (error) {
      return { refusal: reasonOf(error) };
    }
  }

  /** Keeps a key that was checked. @returns false when it is known, or the person has too many */
  async keep(tx: Transaction, passkey: Passkey, label: string): Promise<boolean> {
    if (await tx.existsBy(Passkey, { id: passkey.id })) return false;
    if ((await tx.countBy(Passkey, { subject: passkey.subject })) >= MOST_PASSKEYS) return false;
    await tx.insert(Passkey, { ...passkey, label: label.slice(0, LONGEST_LABEL) });
    return true;
  }

  /**
   * Notes a use: the counter only goes up, unless the key does not count.
   * @returns false when it does not go up: the key has been copied
   */
  async noteUse({ id, counter: stored }: Passkey, counter: number): Promise<boolean> {
    const isCounting = counter > 0 || stored > 0;
    const key = isCounting ? { id, counter: LessThan(counter) } : { id, counter: 0 };
    const { affected } = await this.passkeys.update(key, { counter, lastUsedAt: this.clock.now() });
    return affected === 1;
  }

  /** @returns whether the person has such a key */
  async rename(subject: string, id: string, label: string): Promise<boolean> {
    const { affected } = await this.passkeys.update({ subject, id }, { label: label.slice(0, LONGEST_LABEL) });
    return affected === 1;
  }

  /** @param id of one key; all of them when it is left out */
  async remove(tx: Transaction, subject: string, id?: string): Promise<boolean> {
    const { affected } = await tx.delete(Passkey, { subject, ...(id !== undefined && { id }) });
    return (affected ?? 0) > 0;
  }
}

/** In words for the audit log: what a browser sent is in some of them. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.slice(0, 200) : 'unreadable';
}

function hashOf(credentialId: string): string {
  return createHash('sha256').update(credentialId).digest('hex');
}

function transportsOf(transports: readonly string[] | undefined): string[] {
  const known = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'];
  return known.filter((name) => Array.isArray(transports) && transports.includes(name));
}
