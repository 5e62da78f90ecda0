import { Injectable, Logger } from '@nestjs/common';
import { ClientIssuer } from '../clients/client-issuer.js';
import { ClientsService } from '../clients/clients.service.js';
import { isSameSecret } from '../clients/same-secret.js';
import { Config } from '../platform/config/config.js';
import { Transactions } from '../platform/database/transactions.js';
import { EhrClock } from '../platform/ehr/ehr-clock.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import { GlobalSettings } from '../platform/ehr/global-settings.js';
import { type Approval, decideApproval } from '../protocol/client/approval.js';
import { checkClientMetadata, type ClientMetadata } from '../protocol/client/client-metadata.js';
import { badMetadata, isObject } from '../protocol/client/metadata-value.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import type { ClientInformationDto } from './client-information.dto.js';
import { clientInformation } from './client-information.js';
import { isNestedDeeper } from './nesting.js';
import { RegistrationPolicies } from './registration-policy.js';

/** Body, key set, list, key, certificate chain: and as much again. */
const DEEPEST = 10;

const PENDING = 'This client cannot be used: it waits for approval by an administrator, or an administrator has switched it off.';

/** Registers clients, and tells them what is registered. */
@Injectable()
export class RegistrationService {
  private readonly logger = new Logger('Registration');

  constructor(
    private readonly clients: ClientsService,
    private readonly issuer: ClientIssuer,
    private readonly policies: RegistrationPolicies,
    private readonly settings: GlobalSettings,
    private readonly transactions: Transactions,
    private readonly ehrClock: EhrClock,
    private readonly config: Config,
  ) {}

  /**
   * Registers a client as it asks, or refuses and stores nothing.
   * @param body JSON value as sent; nothing about it is known
   * @param approval whether it may be used at once, where someone has decided that; otherwise the rule decides
   * @throws OAuthError invalid_client_metadata, invalid_redirect_uri, invalid_scope; server_error when its secret cannot be sealed
   * @see RFC 7591 §3
   */
  async register(body: unknown, approval?: Approval): Promise<ClientInformationDto> {
    if (!isObject(body)) throw badMetadata('the body must be a JSON object');
    if (isNestedDeeper(body, DEEPEST)) throw badMetadata('the body is nested too deeply');
    const known = this.clients.keepsDecisionSupport ? body : withoutDecisionSupport(body);
    const metadata = checkClientMetadata(known, await this.policies.read());
    const { isEnabled, reason } = approval ?? (await this.decideApproval(metadata));
    const issued = await this.issuer.issue(metadata, { isEnabled }).catch(sealingRefused);
    await this.transactions.run((tx) => this.clients.create(tx, issued));
    this.logger.log({ event: 'registered', clientId: issued.client.clientId, isConfidential: metadata.isConfidential, isEnabled });
    return clientInformation({
      ...issued,
      issuer: this.config.issuer,
      pending: isEnabled ? null : reason,
      sent: metadata,
    });
  }

  /**
   * Reads a registration back.
   * @param path last part of the registration_client_uri
   * @param token registration_access_token as presented; null when none was
   * @throws OAuthError invalid_token: one answer for an unknown client, a wrong token and a missing one; server_error when the stored
   * secret cannot be opened
   * @see RFC 7592 §2.1
   */
  async read(path: string, token: string | null): Promise<ClientInformationDto> {
    const client = await this.clients.findByRegistrationPath(path);
    const expected = client?.registrationToken ?? '';
    const isSame = isSameSecret(token ?? '', expected);
    if (client === null || expected === '' || !isSame) {
      const detail = token === null ? 'no token' : client === null ? 'unknown registration' : `wrong token for client ${client.clientId}`;
      throw new OAuthError('invalid_token', 'The registration access token is not valid here.', { detail });
    }
    return clientInformation({
      client,
      secret: this.clients.openSecret(client),
      issuer: this.config.issuer,
      issuedAt: await this.ehrClock.moment(client.registeredAt),
      sourceAttributes: await this.clients.sourceAttributesOf(client.clientId),
      defaultAcrValues: await this.clients.defaultAcrValuesOf(client.clientId),
      pending: client.isEnabled ? null : PENDING,
    });
  }

  private async decideApproval(metadata: ClientMetadata): Promise<Approval> {
    return decideApproval(metadata, (await this.settings.read()).isOn('oauth_app_manual_approval'));
  }
}

/** RFC 7591 §2: metadata that is not understood is ignored, and the answer does not repeat it. */
function withoutDecisionSupport(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'dsi_type' && name !== 'dsi_source_attributes'));
}

/** A key that the site lacks is the operator's matter. */
function sealingRefused(cause: unknown): never {
  if (!(cause instanceof EhrCryptoError)) throw cause;
  throw new OAuthError('server_error', 'The server cannot keep a secret for this client; its operator must look into it.', {
    detail: `a client secret cannot be sealed: ${cause.code}, ${cause.message}`,
    cause,
  });
}
