import { Injectable } from '@nestjs/common';
import { mayLackSecret } from '../protocol/compatibility/switches.js';
import { OAuthError } from '../protocol/errors/oauth-error.js';
import { checkPresentedCredentials, type ClientAuthMethod, type PresentedCredentials } from '../protocol/client/presented-credentials.js';
import type { SentParameters } from '../protocol/parameters/form.js';
import { Random } from '../platform/ambient/random.js';
import { EhrCryptoError } from '../platform/ehr/ehr-crypto.error.js';
import { EhrSite } from '../platform/ehr/ehr-site.js';
import { ClientAssertions } from './client-assertions.js';
import type { Client } from './client.entity.js';
import { ClientsService } from './clients.service.js';
import { Compatibility } from './compatibility.js';
import { isSameSecret } from './same-secret.js';

/** How clients can prove who they are here; what discovery tells them. @see RFC 7591 §2 token_endpoint_auth_method */
export const CLIENT_AUTH_METHODS: readonly ClientAuthMethod[] = ['client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none'];

/** Where a client presents itself. */
export interface Presentation {
  /** What is exchanged; undefined at other endpoints than those for tokens. */
  readonly grantType?: string | undefined;
  /** Of the endpoint, from the root: an assertion may be meant for it. */
  readonly path?: string | undefined;
  /** An assertion is used up later, by `spend` or `settle` of ClientAssertions: in the transaction that stores what it was shown for. */
  readonly isSpentLater?: boolean;
  /** A client that was read in the course of this request, whoever it is; it need not be read again where it is the one. */
  readonly known?: Client | null;
}

const DECOY_BYTES = 64;

type PlainCredentials = Exclude<PresentedCredentials, { method: 'private_key_jwt' }>;

/** Proves which client is speaking. */
@Injectable()
export class ClientAuthentication {
  /** What is opened and compared where there is nothing to compare with, so that the answer takes as long. */
  private readonly decoy: Pick<Client, 'clientId' | 'encryptedSecret'>;

  constructor(
    private readonly clients: ClientsService,
    private readonly compatibility: Compatibility,
    private readonly assertions: ClientAssertions,
    site: EhrSite,
    random: Random,
  ) {
    this.decoy = { clientId: '', encryptedSecret: sealedDecoy(site, random.token(DECOY_BYTES)) };
  }

  /**
   * Proves which client sent a form. Confidential clients show their secret, by Basic or in the form; public ones name themselves and
   * show none. Clients with keys sign an assertion instead. An unknown client, a wrong secret or signature, a missing one and one too many
   * get the same answer.
   * @param form body of the request
   * @param authorization value of the Authorization header; undefined without one
   * @throws OAuthError invalid_client; unauthorized_client while the client is not enabled, said only to who has proven to be it;
   * invalid_request when the credentials contradict each other; server_error when the stored secret cannot be opened
   * @see RFC 6749 §2.3, §3.2.1, §5.2
   */
  async authenticate(form: SentParameters, authorization: string | undefined, at: Presentation = {}): Promise<Client> {
    const presented = checkPresentedCredentials(authorization, credentialsOf(form));
    const client =
      presented.method === 'private_key_jwt'
        ? await this.assertions.prove(presented, at.path, at.isSpentLater)
        : await this.prove(presented, at);
    if (!client.isEnabled) {
      throw new OAuthError('unauthorized_client', 'This client waits for approval by an administrator and cannot be used until then.', {
        detail: `client ${client.clientId} is not enabled`,
      });
    }
    return client;
  }

  /** @throws OAuthError invalid_client */
  private async prove(presented: PlainCredentials, { grantType, known = null }: Presentation): Promise<Client> {
    const client = known?.clientId === presented.clientId ? known : await this.clients.find(presented.clientId);
    const flaw = await this.flawOf(presented, client, grantType);
    if (client !== null && flaw === null) return client;
    throw new OAuthError('invalid_client', 'Client authentication failed.', { detail: flaw ?? 'unknown client' }); // RFC 6749 §5.2
  }

  /** What is wrong with the credentials, for the log; null when they are right. */
  private async flawOf(presented: PlainCredentials, client: Client | null, grantType: string | undefined): Promise<string | null> {
    const hasSecret = client?.isConfidential === true && client.encryptedSecret !== null && client.encryptedSecret !== '';
    if (presented.method === 'none') {
      if (client === null) return 'unknown client';
      if (!client.isConfidential) return null;
      // The EHR never let a client off that signs: one without a secret has always had to prove itself.
      const isLetOff = hasSecret && mayLackSecret(grantType) && (await this.compatibility.apply('token-without-secret', client.clientId));
      return isLetOff ? null : `client ${client.clientId} is confidential and sent no secret`;
    }
    const isSame = isSameSecret(presented.secret, this.clients.openSecret(hasSecret ? client : this.decoy)); // always: time tells nothing
    if (client === null) return 'unknown client';
    if (!client.isConfidential) {
      if (await this.compatibility.apply('public-client-secret', client.clientId)) return null;
      return `client ${client.clientId} is public and sent a secret`; // RFC 6749 §2.3: it has none to prove
    }
    if (!hasSecret) return `client ${client.clientId} has no secret`;
    return isSame ? null : `client ${client.clientId} sent a wrong secret`;
  }
}

/** Whom a request names, proven or not; null where that cannot be told. */
export function namedClient(form: SentParameters, authorization: string | undefined): string | null {
  try {
    return checkPresentedCredentials(authorization, credentialsOf(form)).clientId;
  } catch (error) {
    if (error instanceof OAuthError) return null;
    throw error;
  }
}

function credentialsOf(form: SentParameters): Parameters<typeof checkPresentedCredentials>[1] {
  return {
    client_id: form.one('client_id'),
    client_secret: form.one('client_secret'),
    client_assertion: form.one('client_assertion'),
    client_assertion_type: form.one('client_assertion_type'),
  };
}

/** A site without the key for sealing can still hold clients whose secrets are kept in clear: for them the decoy is in clear as well. */
function sealedDecoy(site: EhrSite, text: string): string {
  try {
    return site.secretBox.seal(text);
  } catch (error) {
    if (error instanceof EhrCryptoError) return text;
    throw error;
  }
}
