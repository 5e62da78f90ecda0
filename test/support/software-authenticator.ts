import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const SYNCED = 0x18; // can be backed up, and is
const HAS_KEY = 0x40;

/** What differs from an honest key in an honest browser. */
export interface Behaviour {
  readonly origin?: string;
  readonly rpId?: string;
  readonly challenge?: string;
  readonly verifiesUser?: boolean;
  readonly isSynced?: boolean;
  readonly counter?: number;
  readonly userHandle?: string | null;
  /** Signs for the application id of U2F, as the `appid` extension lets it. */
  readonly appId?: string;
  readonly type?: string;
}

interface Options {
  readonly challenge: string;
  readonly rpId?: string;
  readonly rp?: { readonly id?: string };
  readonly user?: { readonly id: string };
}

/** A security key in a browser, in software: P-256, no attestation. @see WebAuthn Level 3 §6 */
export class SoftwareAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  /** Of the last signature. */
  counter = 0;
  private readonly privateKey: KeyObject;
  /** Uncompressed point on P-256. */
  readonly point: Buffer;
  private userHandle: string | null = null;

  constructor(private readonly origin: string) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    this.privateKey = privateKey;
    this.point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  }

  /** Makes the key: JSON of the credential, as the page sends it. */
  create(options: object, behaviour: Behaviour = {}): string {
    const { rp, user } = options as Options;
    this.userHandle = user?.id ?? null;
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 0xff]);
    const keyData = Buffer.concat([Buffer.alloc(16), length, id, this.coseKey()]);
    const data = Buffer.concat([this.head(behaviour, rp?.id ?? '', HAS_KEY, behaviour.counter ?? 0), keyData]);
    const cborHead = Buffer.from('a363666d74646e6f6e656761747453746d74a0686175746844617461', 'hex'); // {fmt: "none", attStmt: {}, authData: …}
    const size = Buffer.from([0x59, data.length >> 8, data.length & 0xff]);
    return this.credential({
      clientDataJSON: this.clientData(options as Options, behaviour, 'webauthn.create').toString('base64url'),
      attestationObject: Buffer.concat([cborHead, size, data]).toString('base64url'),
      transports: ['usb'],
    });
  }

  /** Signs a challenge: JSON of the credential, as the page sends it. */
  get(options: object, behaviour: Behaviour = {}): string {
    this.counter = behaviour.counter ?? this.counter + 1;
    const rpId = behaviour.appId ?? (options as Options).rpId ?? '';
    const data = this.head(behaviour, rpId, 0, this.counter);
    const clientData = this.clientData(options as Options, behaviour, 'webauthn.get');
    const signed = Buffer.concat([data, createHash('sha256').update(clientData).digest()]);
    const userHandle = behaviour.userHandle === undefined ? this.userHandle : behaviour.userHandle;
    return this.credential(
      {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, this.privateKey).toString('base64url'),
        ...(userHandle !== null && { userHandle }),
      },
      behaviour.appId === undefined ? {} : { appid: true },
    );
  }

  private credential(response: object, clientExtensionResults: object = {}): string {
    return JSON.stringify({ id: this.id, rawId: this.id, type: 'public-key', response, clientExtensionResults });
  }

  private head(behaviour: Behaviour, rpId: string, flags: number, counter: number): Buffer {
    const verified = (behaviour.verifiesUser ?? true) ? USER_VERIFIED : 0;
    const synced = behaviour.isSynced === true ? SYNCED : 0;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    const rpIdHash = createHash('sha256')
      .update(behaviour.rpId ?? rpId)
      .digest();
    return Buffer.concat([rpIdHash, Buffer.from([USER_PRESENT | verified | synced | flags]), count]);
  }

  private clientData(options: Options, behaviour: Behaviour, type: string): Buffer {
    const { challenge = options.challenge, origin = this.origin } = behaviour;
    return Buffer.from(JSON.stringify({ type: behaviour.type ?? type, challenge, origin, crossOrigin: false }));
  }

  private coseKey(): Buffer {
    const [x, y] = [this.point.subarray(1, 33), this.point.subarray(33)];
    return Buffer.concat([Buffer.from('a5010203262001215820', 'hex'), x, Buffer.from('225820', 'hex'), y]);
  }
}
