import { drive, driveChains, send, takeStep } from './load.mjs';
import { serviceChain } from './services.mjs';
import { collectTokens, driveJourneys } from './sign-in.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
/** Access tokens that take turns, so that no answer to a single one can be kept. */
const ACCESS_TOKENS = 8;
/** The bcrypt costs at which people sign in: one that hides nothing, and PHP's own. */
export const COSTS = [4, 10];
export const journeyAt = (cost) => `code journey, bcrypt ${cost}`;

/**
 * What is asked of an authorization server. Signs a person in, once for all rounds.
 * @param server with its `issuer`
 * @param tenant what the server knows: `{ signed, plain, service, personAt }`; signed and plain are apps whose access tokens are signed and whose
 *   access tokens may be asked about, which need not be the same; `personAt(cost)` is who signs in with a hash of that bcrypt cost
 * @param connections at most so many, each with a chain of refresh tokens of its own
 * @returns list of `{ name, before, once, drive }`: `once()` does it once and says whether it went right, `before()` comes before, where
 *   there is one; `drive({ connections, seconds, origin, skip })` does it all the time, at another replica if it is told so, leaving out the first
 *   chains
 */
export async function authorizationCases(server, tenant, connections) {
  const { issuer, origin } = server;
  const path = issuer.slice(origin.length);
  const person = await tenant.personAt(COSTS[0]);
  const refreshed = await collectTokens({ issuer, person, ...tenant.signed }, connections);
  const others = await collectTokens({ issuer, person, ...tenant.plain }, ACCESS_TOKENS);
  const chains = refreshed.map(({ refresh_token }) => refreshChain(`${path}/token`, tenant.signed.client, refresh_token));
  const service = serviceChain(server, tenant.service);
  const of = (name, requests) => ({
    name,
    once: async () => (await send(undefined, `${origin}${requests[0].path}`, requests[0])).status === 200,
    drive: (load) => drive({ origin, requests, ...load }),
  });
  const chained = (name, chainAt) => {
    const driveSome = ({ connections: count, skip = 0, ...load }) =>
      driveChains({ origin, chains: Array.from({ length: count }, (_, at) => chainAt(skip + at)), ...load });
    return { name, once: () => takeStep(undefined, origin, chainAt(0)), drive: driveSome };
  };
  return [
    of('discovery', [{ method: 'GET', path: `${path}/.well-known/openid-configuration` }]),
    of('jwks', [{ method: 'GET', path: `${path}/jwk` }]),
    chained('refresh with rotation', (at) => chains[at]),
    chained('client credentials', () => service),
    of('introspection', introspectionRequests(server, tenant.plain.client, others)),
    of(
      'userinfo',
      others.map(({ access_token: token }) => ({ method: 'GET', path: `${path}/userinfo`, headers: { authorization: `Bearer ${token}` } })),
    ),
    ...COSTS.map((cost) => journey(cost, issuer, tenant)),
  ];
}

function journey(cost, issuer, { personAt, signed }) {
  let person = null;
  return {
    name: journeyAt(cost),
    before: async () => {
      person = await personAt(cost);
    },
    once: async () => (await collectTokens({ issuer, person, ...signed }, 1)).length === 1,
    drive: (load) => driveJourneys({ target: { issuer, person, ...signed }, ...load }),
  };
}

/** A client's question about each of its access tokens. @param tokens answers of the token endpoint */
export function introspectionRequests({ issuer, origin }, client, tokens) {
  const path = `${issuer.slice(origin.length)}/introspect`;
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
      const answer = status === 200 ? JSON.parse(text) : {};
      const next = answer.refresh_token;
      const isRotated = typeof next === 'string' && next !== current && isSigned(answer.access_token) && isSigned(answer.id_token);
      current = next ?? current;
      return isRotated;
    },
  };
}

const isSigned = (token) => typeof token === 'string' && token.split('.').length === 3;

/** Checks that each case gets the answer that it is about: an error can be answered quickly, and would look like speed. */
export async function checkAnswers(cases) {
  for (const { name, drive: once, before } of cases) {
    await before?.();
    const { requests, failures } = await once({ connections: 1, seconds: 1 });
    if (requests === 0 || failures > 0) throw new Error(`${name} does not work: ${failures} of ${requests} answers were wrong`);
  }
}
