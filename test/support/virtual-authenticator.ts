import { type CDPSession, type Page } from 'playwright-core';

/** What a virtual authenticator is. @see https://chromedevtools.github.io/devtools-protocol/tot/WebAuthn/#type-VirtualAuthenticatorOptions */
interface Kind {
  readonly protocol: 'ctap2' | 'u2f';
  readonly transport: 'internal' | 'usb';
}

interface Credential {
  readonly credentialId: string;
  readonly isResidentCredential: boolean;
  readonly rpId?: string;
  readonly userHandle?: string;
  readonly privateKey: string;
  readonly signCount: number;
}

/** A passkey provider or a security key in the browser itself: the page speaks to it through the real WebAuthn, and nobody has to touch it. */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** A device that keeps passkeys and recognises its owner. */
  static passkeys(page: Page): Promise<VirtualAuthenticator> {
    const abilities = { hasResidentKey: true, hasUserVerification: true, isUserVerified: true };
    return VirtualAuthenticator.add(page, { protocol: 'ctap2', transport: 'internal' }, abilities);
  }

  /** A security key of the time before WebAuthn. */
  static u2f(page: Page): Promise<VirtualAuthenticator> {
    return VirtualAuthenticator.add(page, { protocol: 'u2f', transport: 'usb' }, {});
  }

  /** Somebody touches it whenever it is asked. */
  private static async add(page: Page, kind: Kind, abilities: object): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const options = { ...kind, ...abilities, automaticPresenceSimulation: true };
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  async credentials(): Promise<Credential[]> {
    const { authenticatorId } = this;
    return (await this.session.send('WebAuthn.getCredentials', { authenticatorId })).credentials;
  }

  async keep(credential: Credential): Promise<void> {
    await this.session.send('WebAuthn.addCredential', { authenticatorId: this.authenticatorId, credential });
  }

  /** Whether it recognises its owner. */
  async setVerifying(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', { authenticatorId: this.authenticatorId, isUserVerified });
  }

  /** Unplugs it. */
  async remove(): Promise<void> {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
    await this.session.detach();
  }
}
