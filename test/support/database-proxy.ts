import { connect, createServer, type Server, type Socket } from 'node:net';

/** Stands between a server under test and its database, and misbehaves when told to. */
export class DatabaseProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private isStalled = false;
  private port = 0;

  private constructor(
    private readonly target: URL,
    private readonly server: Server,
  ) {
    server.on('connection', (socket) => this.forward(socket));
  }

  /** @param target `DATABASE_URL` of the database itself */
  static async start(target: URL): Promise<DatabaseProxy> {
    const proxy = new DatabaseProxy(target, createServer());
    await proxy.listen();
    return proxy;
  }

  /** `DATABASE_URL` of the way through here. */
  get url(): string {
    const url = new URL(this.target);
    url.hostname = '127.0.0.1';
    url.port = String(this.port);
    return url.href;
  }

  /** Ends every connection and refuses new ones: the database is gone. */
  async cut(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    await closed;
  }

  /** Keeps every connection, takes new ones, and lets nothing through. */
  stall(): void {
    this.isStalled = true;
    for (const pair of this.pairs) for (const socket of pair) socket.pause();
  }

  /** The database is back. */
  async restore(): Promise<void> {
    if (!this.server.listening) await this.listen();
    this.isStalled = false;
    for (const pair of this.pairs) for (const socket of pair) socket.resume();
  }

  private async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
    const address = this.server.address();
    if (typeof address === 'object' && address !== null) this.port = address.port;
  }

  private forward(near: Socket): void {
    const far = connect(Number(this.target.port || 3306), this.target.hostname);
    const pair = [near, far] as const;
    this.pairs.add(pair);
    for (const [from, to] of [pair, [far, near] as const]) {
      from.on('data', (chunk) => to.write(chunk));
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.pairs.delete(pair);
      });
      if (this.isStalled) from.pause();
    }
  }
}
