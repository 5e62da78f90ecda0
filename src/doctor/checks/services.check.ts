import { Client } from '../../clients/client.entity.js';
import { findClientKeys } from '../../protocol/client/assertion-keys.js';
import { SYSTEM_ACCOUNT } from '../../users/service-accounts.js';
import { User } from '../../users/user.entity.js';
import { type Check, error, type Finding, warning } from '../check.js';
import type { Examination } from '../examination.js';
import { counted, nameList } from '../name-list.js';

type Service = Pick<Client, 'clientId' | 'name' | 'isEnabled' | 'isConfidential' | 'scope' | 'grantTypes' | 'jwks' | 'jwksUri'>;

/** Whether programs without a user can get the tokens that the EHR lets them have. Keys at an address are not fetched. */
export class ServicesCheck implements Check {
  readonly id = 'services';
  readonly healthy = 'Programs without a user can get what the EHR lets them have';
  readonly needs = ['ehr-tables'] as const;

  constructor(private readonly examination: Examination) {}

  async run(): Promise<Finding[]> {
    const { source, settings } = this.examination;
    if ((await settings.read()).text('rest_system_scopes_api') !== '1') return [];
    const accounts = await source.getRepository(User).findBy({ username: SYSTEM_ACCOUNT });
    const clients = await source.getRepository(Client).find({ order: { name: 'ASC', clientId: 'ASC' } });
    return [...accountFindings(accounts.some(({ username }) => username === SYSTEM_ACCOUNT)), ...serviceFindings(clients)];
  }
}

/** @param isThere whether the EHR has the account under which programs act */
export function accountFindings(isThere: boolean): Finding[] {
  if (isThere) return [];
  return [
    error('services.account', [
      `The EHR has no account ${SYSTEM_ACCOUNT}, and rest_system_scopes_api is on`,
      'Its API takes a program for that account: no program can get a token without it',
      `Add the row to the table users as the EHR's own upgrade does: username ${SYSTEM_ACCOUNT}, password NoLogin, active 0`,
    ]),
  ];
}

/** @param clients as stored */
export function serviceFindings(clients: readonly Service[]): Finding[] {
  const services = clients.filter((client) => client.isEnabled && client.scope.some((scope) => scope.startsWith('system/')));
  const keyless = services.filter((client) => !hasKeys(client));
  const unregistered = services.filter((client) => hasKeys(client) && !client.grantTypes.includes('client_credentials'));
  return [
    ...about(keyless, (names) =>
      warning('services.keys', [
        `${counted(keyless.length, 'client')} ask for system scopes and cannot sign: ${names}`,
        'They are public, or have no key that can be used: no token without a user is given to them',
        'Have the maker of the client register it anew as a confidential one, with jwks or jwks_uri',
      ]),
    ),
    ...about(unregistered, (names) =>
      warning('services.grant', [
        `${counted(unregistered.length, 'client')} ask for system scopes and are not registered for client_credentials: ${names}`,
        'The EHR up to 8.2 does not look at that, and older versions registered nobody for it; here such a client is refused',
        "Add client_credentials to grant_types of the client in oauth_clients, separated by |, or allow it the switch 'unregistered-grants'",
      ]),
    ),
  ];
}

function hasKeys({ isConfidential, jwks, jwksUri }: Service): boolean {
  if (!isConfidential) return false;
  if (jwksUri !== null && jwksUri !== '') return true;
  try {
    return (findClientKeys(JSON.parse(jwks ?? '')) ?? []).length > 0;
  } catch {
    return false;
  }
}

function about(found: readonly Service[], say: (names: string) => Finding): Finding[] {
  return found.length === 0 ? [] : [say(nameList(found.map(({ name, clientId }) => `${name} (${clientId})`)))];
}
