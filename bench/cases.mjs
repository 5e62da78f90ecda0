import { drive, driveChains } from './load.mjs';
import { serviceChains } from './services.mjs';
import { collectTokens, registerClient } from './sign-in.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Access tokens that take turns, so that no answer to a single one can be kept. */
const ACCESS_TOKENS = 8;

/**
 * What is asked of an authorization server. Registers a client and signs a person in, once for all rounds.
 * @param server with its `issuer`
 * @param laid the server's database: `{ query }`
 * @param connections of the load; each has a chain of refresh tokens of its own
 * @returns list of `{ name, drive }`
 */
export async function authorizationCases(server, laid, connections) {
  const { issuer, origin } = server;
  const path = new URL(issuer).pathname;
  const client = await registerClient(issuer);
  const tokens = await collectTokens(issuer, client, connections + ACCESS_TOKENS);
  const others = tokens.slice(connections);
  const chains = tokens.slice(0, connections).map(({ refresh_token }) => refreshChain(`${path}/token`, client, refresh_token));
  const services = await serviceChains(server, laid, connections);
  const of = (name, requests) => ({ name, drive: (load) => drive({ origin, requests, ...load }) });
  return [
    of('discovery', [{ method: 'GET', path: `${path}/.well-known/openid-configuration` }]),
    of('jwks', [{ method: 'GET', path: `${path}/jwk` }]),
    { name: 'refresh with rotation', drive: ({ seconds }) => driveChains({ origin, chains, seconds }) },
    { name: 'client credentials', drive: ({ seconds }) => driveChains({ origin, chains: services, seconds }) },
    of('introspection', introspectionRequests(server, client, others)),
    of(
      'userinfo',
      others.map(({ access_token: token }) => ({ method: 'GET', path: `${path}/userinfo`, headers: { authorization: `Bearer ${token}` } })),
    ),
  ];
}

/** A client's question about each of its access tokens. @param tokens answers of the token endpoint */
export function introspectionRequests({ issuer }, client, tokens) {
  const path = `${new URL(issuer).pathname}/introspect`;
  const body = (token) => new URLSearchParams({ token, ...client }).toString();
  return tokens.map(({ access_token }) => ({ method: 'POST', path, headers: FORM, body: body(access_token) }));
}

/** A refresh token that is exchanged for the next one, and so on. */
function refreshChain(path, client, first) {
  let current = first;
  return {
    path,
    headers: FORM,
    next: () => new URLSearchParams({ grant_type: 'refresh_token', refresh_token: current, ...client }).toString(),
    take: (status, text) => {
      const next = status === 200 ? JSON.parse(text).refresh_token : undefined;
      const isRotated = typeof next === 'string' && next !== current;
      current = next ?? current;
      return isRotated;
    },
  };
}

/** Checks that each case gets the answer that it is about: an error can be answered quickly, and would look like speed. */
export async function checkAnswers(cases) {
  for (const { name, drive: once } of cases) {
    const { requests, failures } = await once({ connections: 1, seconds: 1 });
    if (requests === 0 || failures > 0) throw new Error(`${name} does not work: ${failures} of ${requests} answers were wrong`);
  }
}
