import { ClientsService } from '../clients/clients.service.js';
import { Config } from '../platform/config/config.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import type { ScopeRole } from '../protocol/scope/role-rules.js';
import { decideScopes } from '../protocol/scope/scope-decision.js';
import { ScopeIndex } from '../protocol/scope/scope-index.js';
import type { ScopeOutcome } from '../protocol/scope/scope-outcome.js';
import { serverScopeIndex } from '../protocol/scope/server-scopes.js';
import { withApplication } from './application.js';
import { Refusal } from './exit-status.js';

/**
 * What would become of scopes in a request, by the rules of the endpoints.
 * @param scopes separated by blanks
 * @param clientId undefined: of a client that is registered for everything
 * @throws Refusal when there is no such client
 */
export function explainScopes(scopes: string, clientId: string | undefined, role: ScopeRole | null): Promise<ScopeOutcome[]> {
  return withApplication(async (app) => {
    const systemScopes = (await app.get(GlobalSettings).read()).text('rest_system_scopes_api') === '1'; // the EHR asks for this very text
    const supported = serverScopeIndex({ site: app.get(Config).site, systemScopes });
    const client = clientId === undefined ? null : await app.get(ClientsService).find(clientId);
    if (clientId !== undefined && client === null) throw new Refusal(`no client has the client_id ${clientId}`);
    const registered = client === null ? supported : new ScopeIndex(client.scope);
    return decideScopes(scopes.split(/\s+/).filter(Boolean), { supported, registered, role });
  });
}
