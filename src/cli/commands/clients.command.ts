import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Command } from 'commander';
import type { Client } from '../../clients/client.entity.js';
import { Refusal } from '../exit-status.js';
import { columns, type OutputOptions, print } from '../output.js';
import { compatCommand, describedSwitch, usedWords } from './compat.command.js';
import { createClientCommand } from './create-client.command.js';
import { markCommand } from './mark.command.js';

/** `chartkey clients …` */
export function clientsCommand(): Command {
  const clients = new Command('clients').description('the applications that may ask for tokens');
  clients.command('list').description('list every client').option('--json', 'print them as JSON').action(list);
  ofOneClient(clients, 'show', 'show what is registered for a client; never its secret').action(show);
  clients.addCommand(createClientCommand());
  clients.addCommand(compatCommand());
  clients.addCommand(markCommand());
  ofOneClient(clients, 'approve', 'let a client be used').action(setEnabled(true));
  ofOneClient(clients, 'disable', 'refuse a client from now on; access tokens that it has run out by themselves').action(setEnabled(false));
  ofOneClient(clients, 'delete', 'remove a client with its consents, and end every token it has').action(remove);
  return clients;
}

function ofOneClient(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description).argument('<client_id>').option('--json', 'print the result as JSON');
}

async function list(options: OutputOptions): Promise<void> {
  const { ClientsService } = await import('../../clients/clients.service.js');
  const found = await withApplication((app) => app.get(ClientsService).list());
  const rows = found.map((client) => [client.clientId, kindOf(client), stateOf(client), client.name]);
  const words = found.length === 0 ? 'No client is registered.' : columns([['CLIENT ID', 'KIND', 'STATE', 'NAME'], ...rows]);
  print(found.map(described), words, options);
}

async function show(clientId: string, options: OutputOptions): Promise<void> {
  const { ClientsService } = await import('../../clients/clients.service.js');
  const { Compatibility } = await import('../../clients/compatibility.js');
  const { ClientMarks } = await import('../../clients/client-marks.js');
  const found = await withApplication(async (app) => {
    const client = await app.get(ClientsService).find(clientId);
    if (client === null) return null;
    const acrValues = await app.get(ClientsService).defaultAcrValuesOf(clientId);
    const marks = await app.get(ClientMarks).of(clientId);
    return { client, acrValues, marks, switches: await app.get(Compatibility).of(clientId) };
  });
  if (found === null) throw unknown(clientId);
  const members = {
    ...described(found.client),
    default_acr_values: found.acrValues,
    marks: found.marks,
    compatibility: found.switches.map(usedWords),
  };
  const words = columns(Object.entries(members).map(([name, value]) => [name, worded(value)]));
  print({ ...members, compatibility: found.switches.map(describedSwitch) }, words, options);
}

function setEnabled(isEnabled: boolean) {
  return async (clientId: string, options: OutputOptions): Promise<void> => {
    const { ClientsService } = await import('../../clients/clients.service.js');
    const { Transactions } = await import('../../platform/database/transactions.js');
    const { auditClientChange } = await import('../audit-by-operator.js');
    const isKnown = await withApplication(async (app) => {
      const isFound = await app.get(Transactions).run((tx) => app.get(ClientsService).setEnabled(tx, clientId, isEnabled));
      if (isFound) await auditClientChange(app, clientId, isEnabled ? 'approved' : 'disabled');
      return isFound;
    });
    if (!isKnown) throw unknown(clientId);
    print({ client_id: clientId, enabled: isEnabled }, `${clientId} ${isEnabled ? 'may be used now' : 'is refused now'}`, options);
  };
}

async function remove(clientId: string, options: OutputOptions): Promise<void> {
  const { removeClient } = await import('../client-removal.js');
  const { auditClientChange } = await import('../audit-by-operator.js');
  const people = await withApplication(async (app) => {
    const count = await removeClient(app, clientId);
    if (count !== null) await auditClientChange(app, clientId, `deleted; people who had allowed it something: ${count}`);
    return count;
  });
  if (people === null) throw unknown(clientId);
  print({ client_id: clientId, people }, `${clientId} is removed; people who had allowed it something: ${people}`, options);
}

/** Loaded late: `--help` needs no application. */
async function withApplication<T>(work: (app: NestFastifyApplication) => Promise<T>): Promise<T> {
  const application = await import('../application.js');
  return application.withApplication(work);
}

function unknown(clientId: string): Refusal {
  return new Refusal(`no client has the id ${clientId}`);
}

type Described = Readonly<Record<string, string | boolean | readonly string[] | null>>;

/** By wire names, so that scripts find what the registration endpoint answers with. RFC 7591 §2 */
function described(client: Client): Described {
  return {
    client_id: client.clientId,
    client_name: client.name,
    kind: kindOf(client),
    enabled: client.isEnabled,
    redirect_uris: client.redirectUris,
    post_logout_redirect_uris: client.postLogoutRedirectUris,
    grant_types: client.grantTypes,
    scope: client.scope.join(' '),
    contacts: client.contacts,
    jwks_uri: client.jwksUri,
    initiate_login_uri: client.initiateLoginUri,
    registered_at: client.registeredAt,
  };
}

function worded(value: unknown): string {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

function kindOf(client: Client): string {
  return client.isConfidential ? 'confidential' : 'public';
}

function stateOf(client: Client): string {
  return client.isEnabled ? 'enabled' : 'disabled';
}
