import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { ClientMarks } from '../../src/clients/client-marks.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { approvedClient, type OAuthClient } from './oauth-client.js';
import type { TestServer } from './start-server.js';

/** What the demo site knows of its patients, as FHIR has it. */
const PATIENTS: ReadonlyMap<string, object> = new Map([
  ['9a1b0000-0001-4000-8000-000000000201', { name: [{ given: ['Phil'], family: 'Patient' }], birthDate: '1980-02-29' }],
  ['9a1b0000-0001-4000-8000-000000000202', { name: [{ given: ['Pia'], family: 'Pending' }], birthDate: '1991-07-15' }],
]);

interface Reply {
  readonly status: number;
  readonly body: object;
}

const OPEN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': 'authorization, accept',
  'access-control-max-age': '600',
};

/**
 * A FHIR server beside the EHR's, as small as it can be: it serves patients by id and their number, and knows of tokens what introspection says.
 * Start it first, and the server under test with its address as `CHARTKEY_FHIR_URL`; then let it join.
 */
export class FhirStandIn {
  private client: OAuthClient | null = null;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<FhirStandIn> {
    const server = createServer((request, response) => void standIn.answer(request, response));
    const standIn = new FhirStandIn(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return standIn;
  }

  /** FHIR base, without trailing slash. */
  get url(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}/fhir`;
  }

  /** Registers at the server as a resource server, as an operator would do it. */
  async join(server: TestServer): Promise<void> {
    const client = await approvedClient(server, { client_name: 'FHIR server', scope: 'openid' });
    await server.app.get(Transactions).run((tx) => server.app.get(ClientMarks).change(tx, client.clientId, ['resource-server'], []));
    this.client = client;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status, body } = request.method === 'OPTIONS' ? { status: 204, body: {} } : await this.reply(request);
    response.writeHead(status, { ...OPEN, 'content-type': 'application/fhir+json' }).end(status === 204 ? '' : JSON.stringify(body));
  }

  private async reply({ url = '/', headers }: IncomingMessage): Promise<Reply> {
    if (this.client === null) return outcome(503, 'not ready');
    const path = url.slice('/fhir'.length);
    if (path === '/.well-known/smart-configuration') {
      return { status: 200, body: (await (await fetch(`${this.client.server.issuer}${path}`)).json()) as object };
    }
    const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1];
    const { body: facts } = await this.client.introspect(token ?? 'none');
    return facts['active'] === true ? serve(path, facts) : outcome(401, 'no active token');
  }
}

/** @param facts what introspection says of the token */
function serve(path: string, { scope, patient }: Readonly<Record<string, unknown>>): Reply {
  const may = (context: string, letter: string): boolean =>
    String(scope)
      .split(' ')
      .some((word) => {
        const [, rights = ''] = new RegExp(`^${context}/(?:Patient|\\*)\\.(.+)$`).exec(word) ?? [];
        return ['read', '*'].includes(rights) || (/^c?r?u?d?s?$/.test(rights) && rights.includes(letter));
      });
  if (path === '/Patient?_summary=count') {
    if (!may('user', 's') && !may('system', 's')) return outcome(403, 'the token is not for that');
    return { status: 200, body: { resourceType: 'Bundle', type: 'searchset', total: PATIENTS.size } };
  }
  const [, id = ''] = /^\/Patient\/([\w-]+)$/.exec(path) ?? [];
  if (!may('user', 'r') && !may('system', 'r') && !(may('patient', 'r') && patient === id))
    return outcome(403, 'the token is not for that');
  const found = PATIENTS.get(id);
  return found === undefined ? outcome(404, 'no such patient') : { status: 200, body: { resourceType: 'Patient', id, ...found } };
}

function outcome(status: number, diagnostics: string): Reply {
  return { status, body: { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'security', diagnostics }] } };
}
