import type { ClientFacts } from '../client/client-facts.js';
import { OAuthError } from '../errors/oauth-error.js';
import type { SentRequest } from './sent-request.js';

export type ResponseType = 'code';

/**
 * Only the code flow is spoken here, and only to clients that are registered for it.
 * @throws OAuthError invalid_request, unsupported_response_type, unauthorized_client
 * @see RFC 6749 §3.1.1, §4.1.2.1; RFC 9700 §2.1.2
 */
export function checkResponseType(sent: SentRequest, client: Pick<ClientFacts, 'grantTypes'>): ResponseType {
  const responseType = sent.one('response_type');
  if (responseType === undefined) throw new OAuthError('invalid_request', 'response_type is missing'); // RFC 6749 §3.1.1
  if (responseType !== 'code') throw new OAuthError('unsupported_response_type', 'response_type must be code');
  if (client.grantTypes.length > 0 && !client.grantTypes.includes('authorization_code')) {
    throw new OAuthError('unauthorized_client', 'this client is not registered for the grant type authorization_code'); // RFC 7591 §2.1
  }
  return responseType;
}
