import { Injectable } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import type { ServerPolicy } from '../protocol/authorization/server-policy.js';
import { serverScopeIndex } from '../protocol/scope/server-scopes.js';

/** What this server is and allows, as configured here and in the EHR. */
@Injectable()
export class ServerPolicyService {
  constructor(
    private readonly config: Config,
    private readonly settings: GlobalSettings,
  ) {}

  /** The policy as it is, or was a few seconds ago. */
  async read(): Promise<ServerPolicy> {
    const { issuer, site, fhirUrl } = this.config;
    const systemScopes = (await this.settings.read()).text('rest_system_scopes_api') === '1'; // the EHR asks for this very text
    return {
      issuer,
      scopes: serverScopeIndex({ site, systemScopes }),
      audiences: audiencesOf(fhirUrl),
      pkceForConfidentialClients: false,
    };
  }
}

/** The EHR's three APIs stand beside each other: `…/fhir`, `…/api`, `…/portal`. */
function audiencesOf(fhirUrl: string): readonly string[] {
  const base = /^(.+)\/fhir$/.exec(fhirUrl)?.[1];
  return base === undefined ? [fhirUrl] : [fhirUrl, `${base}/api`, `${base}/portal`];
}
