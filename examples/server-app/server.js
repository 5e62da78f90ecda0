import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as oidc from 'openid-client';

const { ISSUER, FHIR_URL, CLIENT_ID, CLIENT_SECRET, PORT = '8081' } = process.env;
const HOME = `http://localhost:${PORT}`;
const SCOPE = 'openid fhirUser launch/patient patient/Patient.rs offline_access';

const config = await oidc.discovery(new URL(ISSUER), CLIENT_ID, CLIENT_SECRET, oidc.ClientSecretBasic(), {
  execute: ISSUER.startsWith('http://localhost') ? [oidc.allowInsecureRequests] : [],
});

/** By the value of a cookie. Several processes need a store that they share; tokens in it deserve encryption. */
const sessions = new Map();

/** Sends the browser to sign in, and remembers what the answer must match. */
async function start() {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const checks = { pkceCodeVerifier, expectedState: oidc.randomState(), expectedNonce: oidc.randomNonce() };
  const url = oidc.buildAuthorizationUrl(config, {
    redirect_uri: `${HOME}/callback`,
    scope: SCOPE,
    aud: FHIR_URL,
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  return redirect(url.href, { checks });
}

/** Exchanges the code that the browser brings, once, and gives the browser another cookie. */
async function finish({ id, checks }, url) {
  if (checks === undefined) return page('<a href="/start">Begin again</a>', 400);
  sessions.delete(id);
  return redirect('/', held(await oidc.authorizationCodeGrant(config, url, { ...checks, idTokenExpected: true })));
}

/** @returns what to remember of an answer of the token endpoint */
function held(tokens, { refreshToken, patient } = {}) {
  const goodUntil = Date.now() + ((tokens.expiresIn() ?? 0) - 30) * 1000;
  const accessToken = tokens.access_token;
  return { accessToken, goodUntil, refreshToken: tokens.refresh_token ?? refreshToken, patient: tokens.patient ?? patient };
}

/** Shows the patient of the session, with a new token where the old one is about to end. */
async function home(session) {
  if (session.accessToken === undefined) return page('<a href="/start">Sign in and choose a patient</a>');
  if (Date.now() > session.goodUntil) Object.assign(session, held(await oidc.refreshTokenGrant(config, session.refreshToken), session));
  const headers = { authorization: `Bearer ${session.accessToken}`, accept: 'application/fhir+json' };
  const response = await fetch(`${FHIR_URL}/Patient/${session.patient}`, { headers });
  if (!response.ok) return page(`The FHIR server answered ${response.status}`, 502);
  const { name: [{ given = [], family = '' } = {}] = [], birthDate = 'unknown' } = await response.json();
  return page(`You see the record of ${escape([...given, family].join(' '))}, born ${escape(birthDate)}.`);
}

const escape = (text) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
const page = (content, status = 200) => ({
  ...{ status, content: `<!doctype html><title>Patient card</title><p>${content}</p>` },
  headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
});
function redirect(location, session) {
  const id = randomUUID();
  sessions.set(id, { ...session, id });
  return { status: 303, headers: { location, 'set-cookie': `session=${id}; HttpOnly; SameSite=Lax; Path=/` } };
}

const routes = { '/': home, '/start': start, '/callback': finish };

createServer(async (request, response) => {
  const url = new URL(request.url, HOME);
  const session = sessions.get(/(?:^|; )session=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]) ?? {};
  const respond = routes[url.pathname] ?? (async () => page('Not found', 404));
  const { status, headers, content } = await respond(session, url).catch((error) => page(escape(`Not signed in: ${error.message}`), 400));
  response.writeHead(status, headers).end(content);
}).listen(Number(PORT), 'localhost', () => console.log(HOME));
