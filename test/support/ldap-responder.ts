import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** What somebody tried to bind with. */
export interface Bind {
  readonly name: string;
  readonly password: string;
  readonly overTls: boolean;
}

const SUCCESS = 0;
const INVALID_CREDENTIALS = 49;

/** Tags of RFC 4511 §4.2, §4.3, §4.12. */
const BIND = 0x60;
const BIND_RESPONSE = 0x61;
const UNBIND = 0x42;
const EXTENDED = 0x77;
const EXTENDED_RESPONSE = 0x78;

/** As much of a directory as a bind asks for: names with a password each, StartTLS, and a list of what was tried. */
export class LdapResponder {
  readonly binds: Bind[] = [];
  /** Answers every bind with this code instead. */
  code: number | null = null;
  /** Takes everything and answers nothing. */
  isSilent = false;

  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly passwords: Readonly<Record<string, string>>,
    private readonly certificate: { readonly key: string; readonly cert: string } | null,
  ) {
    server.on('connection', (socket) => this.serve(socket, false));
  }

  static async start(
    passwords: Readonly<Record<string, string>>,
    certificate: { key: string; cert: string } | null = null,
  ): Promise<LdapResponder> {
    const server = createServer();
    const responder = new LdapResponder(server, passwords, certificate);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return responder;
  }

  get url(): string {
    return `ldap://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket, overTls: boolean): void {
    this.sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('data', (message: Buffer) => {
      if (this.isSilent) return;
      const [id, operation] = readAll(readAll(message)[0]?.value ?? message);
      if (id === undefined || operation === undefined || operation.tag === UNBIND) return void socket.end();
      if (operation.tag === EXTENDED) return this.startTls(socket, id.value);
      if (operation.tag === BIND) socket.write(response(id.value, BIND_RESPONSE, this.verdictOn(operation.value, overTls)));
    });
  }

  private verdictOn(request: Buffer, overTls: boolean): number {
    const [, name, password] = readAll(request).map(({ value }) => value.toString('utf8'));
    this.binds.push({ name: name ?? '', password: password ?? '', overTls });
    if (this.code !== null) return this.code;
    if (password === '') return SUCCESS; // as nobody: RFC 4513 §5.1
    return this.passwords[name ?? ''] === password ? SUCCESS : INVALID_CREDENTIALS;
  }

  private startTls(socket: Socket, id: Buffer): void {
    if (this.certificate === null) return void socket.write(response(id, EXTENDED_RESPONSE, 2)); // protocolError
    socket.removeAllListeners('data');
    socket.write(response(id, EXTENDED_RESPONSE, SUCCESS));
    this.serve(new TLSSocket(socket, { isServer: true, ...this.certificate }), true);
  }
}

interface Element {
  readonly tag: number;
  readonly value: Buffer;
}

/** The BER elements that stand one after another. */
function readAll(bytes: Buffer): Element[] {
  const elements: Element[] = [];
  for (let at = 0; at + 2 <= bytes.length;) {
    const [tag = 0, short = 0] = bytes.subarray(at, at + 2);
    const long = short > 0x80 ? short - 0x80 : 0;
    const length = long > 0 ? bytes.readUIntBE(at + 2, long) : short;
    const begin = at + 2 + long;
    elements.push({ tag, value: bytes.subarray(begin, begin + length) });
    at = begin + length;
  }
  return elements;
}

const element = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const value = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, value.length]), value]);
};

/** An LDAPMessage with an LDAPResult of this code. @see RFC 4511 §4.1.9 */
function response(id: Buffer, tag: number, code: number): Buffer {
  const result = element(tag, element(0x0a, Buffer.from([code])), element(0x04), element(0x04));
  return element(0x30, element(0x02, id), result);
}
