import { createServer, type IncomingMessage, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

const PATH = '/callback';
const LONGEST_WAIT = 20_000;

/** What a browser delivered to the client: query parameters of a GET, form fields of a POST. */
export interface Delivery {
  readonly method: string;
  readonly parameters: URLSearchParams;
}

/** The client's end of the flow on a loopback port of its own: keeps what browsers bring to its redirect URI. */
export class ClientListener {
  readonly deliveries: Delivery[] = [];
  private arrived: () => void = () => undefined;

  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:<port>`. */
    readonly origin: string,
  ) {}

  static async start(): Promise<ClientListener> {
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const listener = new ClientListener(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.on('request', (request: IncomingMessage, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<!doctype html><html lang="en"><title>App</title><link rel="icon" href="data:,"><h1>Back at the app</h1></html>');
      void listener.keep(request);
    });
    return listener;
  }

  get redirectUri(): string {
    return `${this.origin}${PATH}`;
  }

  /** The first delivery since the start or the last `forget`. @throws Error when none comes */
  async delivery(): Promise<Delivery> {
    const [first] = this.deliveries;
    if (first !== undefined) return first;
    const next = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no browser came to ${this.redirectUri}`)), LONGEST_WAIT);
      this.arrived = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    await next;
    return this.delivery();
  }

  forget(): void {
    this.deliveries.length = 0;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async keep(request: IncomingMessage): Promise<void> {
    const url = new URL(request.url ?? '/', this.origin);
    if (url.pathname !== PATH) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isPost = request.method === 'POST';
    const parameters = isPost ? new URLSearchParams(Buffer.concat(chunks).toString('utf8')) : url.searchParams;
    this.deliveries.push({ method: request.method ?? '', parameters });
    this.arrived();
  }
}
