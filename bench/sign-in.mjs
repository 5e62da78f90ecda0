/** Gets tokens as people and apps get them: the sign-in page, the consent page, the exchange of the code. */
import { createHash, randomBytes } from 'node:crypto';
import { Agent } from 'node:http';
import { APP_SCOPE, CALLBACK } from './app.mjs';
import { makeBrowser, submit } from './browser.mjs';
import { driveWorkers, send } from './load.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/**
 * Walks the whole code flow once: request with PKCE, sign-in where it is needed, consent, exchange.
 * @param browse of `makeBrowser`; a new one signs in
 * @param target `{ issuer, client, person, parameters }`: person is what is typed into the sign-in page, parameters are further ones of the
 *   authorization request
 * @returns what the token endpoint answered
 */
async function walk(browse, agent, { issuer, client, person, parameters }) {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = { code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' };
  let page = await browse(requestOf(issuer, client, { prompt: 'consent', ...challenge, ...parameters }));
  if (page.text.includes('name="password"')) page = await submit(browse, page, person);
  if (page.text.includes('name="decision"')) page = await submit(browse, page, { decision: 'allow' });
  const code = page.url.startsWith(CALLBACK) ? new URL(page.url).searchParams.get('code') : null;
  if (code === null) throw new Error(`no code was given; the pages ended at ${page.url.split('?')[0]} with ${page.status}`);
  const form = { grant_type: 'authorization_code', code, code_verifier: verifier, redirect_uri: CALLBACK, ...client };
  const body = new URLSearchParams(form).toString();
  const answer = await send(agent, `${issuer}/token`, { method: 'POST', headers: FORM, body });
  const tokens = JSON.parse(answer.text);
  if (answer.status !== 200) throw new Error(`the code was not exchanged: ${tokens.error_description}`);
  return tokens;
}

/** Signs the demo person in and approves the client so many times. @returns a list of what the token endpoint answered */
export async function collectTokens(target, count) {
  const agent = new Agent({ keepAlive: true });
  const browse = makeBrowser(new URL(target.issuer).origin, agent);
  const tokens = [];
  for (let at = 0; at < count; at += 1) tokens.push(await walk(browse, agent, target));
  agent.destroy();
  return tokens;
}

/** Has so many people go through the whole code flow, again and again, each time in a new browser. @returns as `drive` */
export async function driveJourneys({ target, connections, seconds }) {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const { origin } = new URL(target.issuer);
  const journey = async () => {
    const { access_token, id_token, refresh_token } = await walk(makeBrowser(origin, agent), agent, target);
    return [access_token, id_token, refresh_token].every((token) => typeof token === 'string');
  };
  const result = await driveWorkers({ works: Array.from({ length: connections }, () => journey), seconds });
  agent.destroy();
  return result;
}

/** Signs the demo person in, in a browser of their own, up to the page on which they would approve the client. */
export async function signIn({ issuer, client, person, parameters }, agent) {
  const browse = makeBrowser(new URL(issuer).origin, agent);
  const page = await submit(browse, await browse(requestOf(issuer, client, { prompt: 'consent', ...parameters })), person);
  if (!page.text.includes('name="decision"'))
    throw new Error(`the person was not signed in: ${page.url.split('?')[0]} with ${page.status}`);
}

function requestOf(issuer, client, parameters) {
  const request = { response_type: 'code', client_id: client.client_id, redirect_uri: CALLBACK, scope: APP_SCOPE, state: 'bench' };
  return `${issuer}/authorize?${new URLSearchParams({ ...request, ...parameters })}`;
}
