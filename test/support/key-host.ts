import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JWK } from 'jose';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server that publishes keys of a client, well or badly. */
export class KeyHost {
  /** Paths that were asked for. */
  readonly asked: string[] = [];
  private handler: Handler = (_request, response) => response.writeHead(404).end();

  private constructor(private readonly server: Server) {}

  static async start(): Promise<KeyHost> {
    const server = createServer((request, response) => {
      host.asked.push(request.url ?? '');
      host.handler(request, response);
    });
    const host = new KeyHost(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return host;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get uri(): string {
    return `${this.origin}/jwks.json`;
  }

  /** Publishes keys from now on. */
  publish(keys: readonly JWK[], headers: Readonly<Record<string, string>> = {}): void {
    this.answer((_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify({ keys })),
    );
  }

  answer(handler: Handler): void {
    this.handler = handler;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
