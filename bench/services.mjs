import { makeServiceKey, SERVICE_SCOPE } from './app.mjs';
import { driveChains } from './load.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/**
 * Token requests of one program, each with an assertion of its own.
 * @param service `{ clientId, assertion, parameters }`; parameters are further ones of the token request
 * @returns one chain, which any number of connections can share
 */
export function serviceChain({ issuer, origin }, { clientId, assertion, parameters }) {
  const fields = { grant_type: 'client_credentials', scope: SERVICE_SCOPE, client_assertion_type: JWT_BEARER, ...parameters };
  return {
    path: `${issuer.slice(origin.length)}/token`,
    headers: FORM,
    next: () => new URLSearchParams({ ...fields, client_assertion: assertion(clientId, issuer) }).toString(),
    take: (status) => status === 200,
  };
}

/** The same signatures without a server around them. */
export function signingCases({ origin }) {
  const { jwk, assertion } = makeServiceKey();
  const chain = {
    path: '/token',
    headers: { 'content-type': 'application/json' },
    next: () => JSON.stringify({ jwk, assertion: assertion('bench', origin) }),
    take: (status) => status === 200,
  };
  const driveAll = ({ connections, seconds }) => driveChains({ origin, chains: Array.from({ length: connections }, () => chain), seconds });
  return [{ name: 'client credentials', drive: driveAll }];
}
