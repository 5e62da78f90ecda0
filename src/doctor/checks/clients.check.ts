import { Client } from '../../clients/client.entity.js';
import { EhrCryptoError } from '../../platform/ehr/ehr-crypto.error.js';
import { checkRedirectUris } from '../../protocol/client/registered-uris.js';
import { OAuthError } from '../../protocol/errors/oauth-error.js';
import { type Check, error, type Finding, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { counted, nameList } from '../name-list.js';

/** Clients that cannot do what they are registered for. */
export class ClientsCheck implements Check {
  readonly id = 'clients';
  readonly healthy = 'Every client is approved, has scopes and redirect URIs that can be used';
  readonly needs = ['ehr-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    return clientFindings(await this.examination.source.getRepository(Client).find({ order: { name: 'ASC', clientId: 'ASC' } }));
  }
}

/** Whether the secrets of clients open. Values are opened and forgotten. */
export class ClientSecretsCheck implements Check {
  readonly id = 'client-secrets';
  readonly healthy = 'Every client secret opens';
  readonly needs = ['ehr-tables', 'keys'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { secretBox } = await this.examination.openSite();
    const clients = await this.examination.source.getRepository(Client).find({ order: { name: 'ASC', clientId: 'ASC' } });
    const closed = clients.flatMap((client) => {
      try {
        secretBox.open(client.encryptedSecret);
        return [];
      } catch (failure) {
        if (!(failure instanceof EhrCryptoError)) throw failure;
        return [`${named(client)}: ${failure.message}`];
      }
    });
    if (closed.length === 0) return [];
    return [
      error('client-secrets.closed', [
        `The secrets of ${closed.length} of ${counted(clients.length, 'client')} do not open (${nameList(closed)})`,
        'These clients cannot prove who they are: every token request of theirs fails',
        'Restore the key that is named, or register these clients anew',
      ]),
    ];
  }
}

/** @param clients as stored */
export function clientFindings(clients: readonly Client[]): Finding[] {
  const enabled = clients.filter(({ isEnabled }) => isEnabled);
  return [
    ...about(
      clients.filter(({ isEnabled }) => !isEnabled),
      (found) =>
        warning('clients.pending', [
          `${counted(found.length, 'client')} wait for approval or were switched off: ${names(found)}`,
          'They are refused everywhere; whoever registered them may be waiting',
          'Run chartkey clients approve <client_id>, or chartkey clients delete <client_id>',
        ]),
    ),
    ...about(enabled.filter(hasBrokenRedirectUri), (found) =>
      warning('clients.redirect-uri', [
        `${counted(found.length, 'client')} have a redirect URI that cannot be used, or none: ${names(found)}`,
        'People who sign in for them cannot be sent back',
        'Have the maker of the client register it anew with https addresses (http only for the same machine)',
      ]),
    ),
    ...about(
      enabled.filter(({ scope }) => scope.length === 0),
      (found) =>
        warning('clients.scope', [
          `${counted(found.length, 'client')} have no scopes: ${names(found)}`,
          'What is registered is the most that may be granted: nothing',
          'Have the maker of the client register it anew with the scopes it needs',
        ]),
    ),
  ];
}

function hasBrokenRedirectUri({ redirectUris, grantTypes, isConfidential }: Client): boolean {
  if (redirectUris.length === 0) return grantTypes.length === 0 || grantTypes.includes('authorization_code');
  try {
    // A confidential client may be a native app; which, the table does not say. A plain http address is broken for all.
    checkRedirectUris(redirectUris, { privateUseSchemes: !isConfidential });
    return false;
  } catch (failure) {
    if (failure instanceof OAuthError) return true;
    throw failure;
  }
}

function about(found: readonly Client[], say: (found: readonly Client[]) => Finding): Finding[] {
  return found.length === 0 ? [] : [say(found)];
}

const named = ({ name, clientId }: Client): string => `${name} (${clientId})`;
const names = (clients: readonly Client[]): string => nameList(clients.map(named));
