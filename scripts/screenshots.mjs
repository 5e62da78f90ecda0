/**
 * `npm run screenshots`: draws the pictures of the documents. Starts the built server on a free port with a demo EHR of its own,
 * walks through it in Chromium, and writes `docs/images/{swagger,sign-in,consent,authenticator,account,launch-simulator}.png`.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { findBrowser } from './find-browser.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const IMAGES = join(ROOT, 'docs', 'images');
const FLAGS = JSON.parse(readFileSync(join(ROOT, 'test', 'support', 'chromium-flags.json'), 'utf8'));
const WIDTH = 1000;
const LARGEST_BYTES = 120_000;
const START_MILLISECONDS = 60_000;
const REDIRECT_URI = 'https://growth.example/callback';
const SCOPE = 'openid profile email offline_access api:fhir patient/Patient.read patient/Observation.read';

/** Starts the server. @returns `{ origin, issuer, stop }` @throws Error when it does not come up */
async function startServer(folder) {
  const server = spawn(process.execPath, [join(ROOT, 'bin', 'chartkey.mjs'), 'serve', '--json'], {
    cwd: folder, // a `.env` of the checkout is no part of the pictures
    env: { PATH: process.env.PATH, PORT: '0', CHARTKEY_DATA_DIR: join(folder, 'data'), LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = async () => {
    if (server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  };
  try {
    const { address, issuer } = await readFacts(server);
    return { origin: address, issuer, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What the server prints about itself once it listens. */
function readFacts(server) {
  return new Promise((resolve, reject) => {
    let printed = '';
    const timer = setTimeout(() => reject(new Error(`the server did not start:\n${printed}`)), START_MILLISECONDS);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    server.stdout.on('data', (chunk) => {
      printed += chunk;
      try {
        resolve(JSON.parse(printed));
        clearTimeout(timer);
      } catch {
        // half of the answer: the rest comes with the next chunk
      }
    });
  });
}

/** Registers an app to show. @returns where its sign-in begins, and how it takes the answer */
async function registerApp({ issuer }) {
  const answer = await fetch(`${issuer}/registration`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ application_type: 'public', client_name: 'Growth Charts', redirect_uris: [REDIRECT_URI], scope: SCOPE }),
  });
  const client = await answer.json();
  if (!answer.ok) throw new Error(`the app was not registered: ${JSON.stringify(client)}`);
  const verifier = randomBytes(32).toString('base64url');
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.client_id,
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  const takeAnswer = async (callback) => {
    const code = new URL(callback).searchParams.get('code');
    const fields = {
      grant_type: 'authorization_code',
      client_id: client.client_id,
      redirect_uri: REDIRECT_URI,
      code_verifier: verifier,
      code,
    };
    const tokens = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(fields) });
    if (!tokens.ok) throw new Error(`no tokens: ${await tokens.text()}`);
  };
  return { authorizeUrl: `${issuer}/authorize?${query}`, takeAnswer };
}

/** Writes a picture of what is shown. @throws Error when the file would burden the repository */
async function draw(page, name) {
  const path = join(IMAGES, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  if (size > LARGEST_BYTES) throw new Error(`${path} has ${size} bytes, more than ${LARGEST_BYTES}`);
  console.log(`docs/images/${name}.png  ${Math.ceil(size / 1000)} kB`);
}

async function drawAll(browser, server) {
  const context = await browser.newContext({ viewport: { width: WIDTH, height: 760 }, locale: 'en-GB', colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(`${server.origin}/swagger`);
  await page.locator('.opblock').first().waitFor();
  await draw(page, 'swagger');

  const { authorizeUrl, takeAnswer } = await registerApp(server);
  await page.goto(authorizeUrl);
  await page.setViewportSize({ width: WIDTH, height: 880 });
  await page.getByLabel('User name').fill('clinician');
  await draw(page, 'sign-in');
  await page.getByLabel('Password').fill('Clinic#Demo1');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();

  await page.getByRole('heading', { name: 'Allow access?' }).waitFor();
  await page.setViewportSize({ width: WIDTH, height: 960 });
  await draw(page, 'consent');
  const left = page.waitForEvent('requestfailed', (request) => request.url().startsWith(REDIRECT_URI)); // nobody is there
  await page.getByRole('button', { name: 'Allow', exact: true }).click();
  await takeAnswer((await left).url());
  await drawAccount(await context.newPage(), server);
}

async function drawAccount(page, { origin }) {
  await page.goto(`${origin}/account/apps`);
  await page.getByRole('heading', { name: 'Growth Charts' }).waitFor();
  await page.getByText('What it may do').click();
  await draw(page, 'account');

  await page.goto(`${origin}/account/factors/totp`);
  await page.getByRole('button', { name: 'Set up the app' }).waitFor();
  await page.setViewportSize({ width: WIDTH, height: 960 });
  await draw(page, 'authenticator');

  await page.goto(`${origin}/launch`);
  await page.getByRole('button', { name: 'Start', exact: true }).click();
  await page.getByRole('button', { name: 'Go on to the sign-in' }).waitFor();
  await page.evaluate('scrollTo(0, document.body.scrollHeight)');
  await draw(page, 'launch-simulator');
}

async function main() {
  const found = findBrowser();
  if (found === null) throw new Error('no Chromium was found: install one (Debian: apt-get install chromium) or set CHROMIUM_PATH');
  mkdirSync(IMAGES, { recursive: true });
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-screenshots-'));
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...FLAGS]; // Chromium refuses to be root inside its sandbox
  let server;
  let browser;
  try {
    server = await startServer(folder);
    browser = await chromium.launch({ executablePath: found.path, args });
    await drawAll(browser, server);
  } finally {
    await browser?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

await main().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
