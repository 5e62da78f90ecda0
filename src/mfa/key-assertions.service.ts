import { Injectable } from '@nestjs/common';
import { generateAuthenticationOptions, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { Config } from '../platform/config/config.js';
import type { Holder } from './holder.js';
import type { Passkey } from './passkey.entity.js';
import { Passkeys, reasonOf } from './passkeys.service.js';
import { challengeOf, findCredential, type SentCredential } from './sent-credential.js';
import { type U2fKey, U2fKeys } from './u2f-keys.js';
import { coseKeyOf } from './u2f-registration.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

/** What became of an answer of a key. */
export type KeyVerdict =
  /** `amr`: what the tokens say about it (RFC 8176 §2). */
  | { readonly outcome: 'accepted'; readonly subject: string; readonly kind: KeyKind; readonly amr: readonly string[] }
  /** `reason` is for the audit log. `cloned`: the key is right and its counter has gone back. */
  | { readonly outcome: 'wrong' | 'cloned'; readonly subject: string | null; readonly kind: KeyKind; readonly reason: string };

export type KeyKind = 'passkey' | 'U2F';

/** A key as the verification needs it. */
interface KnownKey {
  readonly kind: KeyKind;
  readonly subject: string;
  readonly credentialId: string;
  readonly publicKey: Buffer;
  readonly isSynced: boolean;
  readonly noteUse: (counter: number) => Promise<boolean>;
}

/** Asks keys to sign a challenge and checks what they answer: as a second factor, or instead of name and password. @see WebAuthn Level 3 §7.2 */
@Injectable()
export class KeyAssertions {
  constructor(
    private readonly passkeys: Passkeys,
    private readonly u2fKeys: U2fKeys,
    private readonly challenges: WebauthnChallenges,
    private readonly config: Config,
  ) {}

  /**
   * What the browser needs to ask a key.
   * @param purpose what the challenge is bound to
   * @param holder whose keys; null asks for any passkey that knows its owner
   */
  async options(purpose: string, holder: Holder | null): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const passkeys = holder === null ? [] : await this.passkeys.list(holder.subject);
    const u2fKeys = holder === null ? [] : await this.u2fKeys.list(holder.userId);
    return generateAuthenticationOptions({
      rpID: this.config.publicUrl.hostname,
      challenge: Uint8Array.from(Buffer.from(await this.challenges.issue(purpose), 'base64url')),
      userVerification: holder === null ? 'required' : 'preferred',
      allowCredentials: [
        ...passkeys.map(({ credentialId, transports }) => ({ id: credentialId, transports })),
        ...u2fKeys.map(({ keyHandle }) => ({ id: keyHandle })),
      ],
      ...(u2fKeys.length > 0 && { extensions: { appid: this.appId } }), // WebAuthn Level 3 §10.1.1
    });
  }

  /**
   * Checks an answer, once: its challenge is used up whatever comes of it.
   * @param sent JSON of the credential
   * @param holder whose key it must be; null for a sign-in, which must name its owner and have verified them
   */
  async verify(purpose: string, sent: string, holder: Holder | null): Promise<KeyVerdict> {
    const credential = findCredential(sent);
    const challenge = challengeOf(credential);
    if (credential === null || challenge === null) return wrong(null, 'not a credential');
    const isFresh = await this.challenges.take(challenge, purpose);
    const key = await this.findKey(credential.id, holder);
    if (!isFresh) return wrong(key, 'challenge is used, expired or of another page');
    if (key === null) return wrong(null, 'key is not known');
    if (holder === null && !namesOwner(credential, key)) return wrong(key, 'key does not name its owner');
    return this.verifyWith(key, credential, challenge, holder === null);
  }

  private async verifyWith(key: KnownKey, credential: SentCredential, challenge: string, isFirstFactor: boolean): Promise<KeyVerdict> {
    const signed = await this.signedBy(key, credential, challenge, isFirstFactor);
    if ('refusal' in signed) return wrong(key, signed.refusal);
    const { subject, kind } = key;
    if (await key.noteUse(signed.newCounter)) return { outcome: 'accepted', subject, kind, amr: amrOf(key, signed.userVerified) };
    return { outcome: 'cloned', subject, kind, reason: `counter did not go up but is ${signed.newCounter}: the key may have been copied` };
  }

  /** What the key has signed, or why it has not. The library throws plain errors for everything that a browser may send. */
  private async signedBy(
    key: KnownKey,
    credential: SentCredential,
    challenge: string,
    isFirstFactor: boolean,
  ): Promise<{ newCounter: number; userVerified: boolean } | { refusal: string }> {
    const byAppId = key.kind === 'U2F' && credential.clientExtensionResults?.['appid'] === true;
    try {
      const { verified, authenticationInfo } = await verifyAuthenticationResponse({
        response: credential as unknown as AuthenticationResponseJSON,
        expectedChallenge: challenge,
        expectedOrigin: this.config.publicUrl.origin,
        expectedRPID: byAppId ? this.appId : this.config.publicUrl.hostname,
        requireUserVerification: isFirstFactor,
        // The counter is compared with ours below, once the signature is known to be right.
        credential: { id: key.credentialId, publicKey: Uint8Array.from(key.publicKey), counter: 0 },
      });
      return verified ? authenticationInfo : { refusal: 'signature does not verify' };
    } catch (error) {
      return { refusal: reasonOf(error) };
    }
  }

  private async findKey(id: string, holder: Holder | null): Promise<KnownKey | null> {
    const passkey = await this.passkeys.find(id);
    if (passkey !== null) return holder === null || passkey.subject === holder.subject ? this.ofPasskey(passkey) : null;
    const u2fKey = (await this.u2fKeys.list(holder?.userId ?? null)).find(({ keyHandle }) => keyHandle === id);
    return u2fKey && holder ? this.ofU2fKey(u2fKey, holder.subject) : null;
  }

  private ofPasskey(passkey: Passkey): KnownKey {
    const { subject, credentialId, publicKey, isSynced } = passkey;
    const noteUse = (counter: number): Promise<boolean> => this.passkeys.noteUse(passkey, counter);
    return { kind: 'passkey', subject, credentialId, publicKey: Buffer.from(publicKey, 'base64url'), isSynced, noteUse };
  }

  private ofU2fKey(key: U2fKey, subject: string): KnownKey {
    const noteUse = (counter: number): Promise<boolean> => this.u2fKeys.noteUse(key, counter);
    return { kind: 'U2F', subject, credentialId: key.keyHandle, publicKey: coseKeyOf(key.publicKey), isSynced: false, noteUse };
  }

  /** Under which the EHR enrols security keys. @see the EHR's src/Common/Auth/MfaUtils.php */
  private get appId(): string {
    return `https://${this.config.publicUrl.host}`;
  }
}

function wrong(key: KnownKey | null, reason: string): KeyVerdict {
  return { outcome: 'wrong', subject: key?.subject ?? null, kind: key?.kind ?? 'passkey', reason };
}

function namesOwner({ response }: SentCredential, { subject }: KnownKey): boolean {
  return response.userHandle === Buffer.from(subject).toString('base64url');
}

/** A key that never leaves its device, or one that can be on several; that the person was there; and both, when the device knew them. RFC 8176 §2 */
function amrOf({ isSynced }: KnownKey, userVerified: boolean): readonly string[] {
  return [isSynced ? 'swk' : 'hwk', 'user', ...(userVerified ? ['mfa'] : [])];
}
