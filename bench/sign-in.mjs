/** Gets tokens as people and apps get them: registration, the sign-in page, the consent page, the exchange of the code. */
const CALLBACK = 'https://app.example/callback';
const SCOPE = 'openid profile email offline_access';
export const PHYSICIAN = { username: 'clinician', password: 'Clinic#Demo1', user_role: 'users' };
const REDIRECTS_AT_MOST = 10;

/** Registers a confidential client that may be used at once. @returns its `{ client_id, client_secret }` */
export async function registerClient(issuer) {
  const metadata = {
    application_type: 'private',
    client_name: 'Benchmark',
    redirect_uris: [CALLBACK],
    contacts: ['bench@app.example'],
    scope: SCOPE,
  };
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${issuer}/registration`, { method: 'POST', headers, body: JSON.stringify(metadata) });
  const { client_id, client_secret, error_description } = await answer.json();
  if (answer.status !== 201) throw new Error(`the client was not registered: ${error_description}`);
  return { client_id, client_secret };
}

/** Signs a demo person in and approves the client so many times. @returns a list of what the token endpoint answered */
export async function collectTokens(issuer, client, count) {
  const browse = browser(new URL(issuer).origin);
  const tokens = [];
  for (let at = 0; at < count; at += 1) {
    const code = await approve(browse, issuer, client);
    const form = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, ...client };
    const answer = await fetch(`${issuer}/token`, { method: 'POST', body: new URLSearchParams(form) });
    const body = await answer.json();
    if (answer.status !== 200) throw new Error(`the code was not exchanged: ${body.error_description}`);
    tokens.push(body);
  }
  return tokens;
}

/** Signs the demo person in, in a browser of their own, up to the page on which they would approve the client. */
export async function signIn(issuer, client) {
  const browse = browser(new URL(issuer).origin);
  const page = await submit(browse, await browse(requestOf(issuer, client)), PHYSICIAN);
  if (!page.text.includes('name="decision"'))
    throw new Error(`the person was not signed in: ${page.url.split('?')[0]} with ${page.status}`);
}

function requestOf(issuer, client) {
  const request = { response_type: 'code', client_id: client.client_id, redirect_uri: CALLBACK, scope: SCOPE, state: 'bench' };
  return `${issuer}/authorize?${new URLSearchParams(request)}`;
}

async function approve(browse, issuer, client) {
  let page = await browse(requestOf(issuer, client));
  if (page.text.includes('name="password"')) page = await submit(browse, page, PHYSICIAN);
  if (page.text.includes('name="decision"')) page = await submit(browse, page, { decision: 'allow' });
  const code = page.url.startsWith(CALLBACK) ? new URL(page.url).searchParams.get('code') : null;
  if (code === null) throw new Error(`no code was given; the pages ended at ${page.url.split('?')[0]} with ${page.status}`);
  return code;
}

/** A browser in short: keeps cookies and follows redirects until they leave the server. */
function browser(origin) {
  const cookies = new Map();
  return async function browse(url, form) {
    let target = url;
    let body = form && new URLSearchParams(form);
    for (let hop = 0; hop < REDIRECTS_AT_MOST; hop += 1) {
      if (!target.startsWith(`${origin}/`)) return { url: target, status: 303, text: '' };
      const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; '), ...(body ? { origin } : {}) };
      const answer = await fetch(target, { method: body ? 'POST' : 'GET', body, headers, redirect: 'manual' });
      for (const line of answer.headers.getSetCookie()) cookies.set(...line.split(';', 1)[0].split(/=(.*)/s, 2));
      const text = await answer.text();
      const location = answer.headers.get('location');
      if (location === null) return { url: target, status: answer.status, text };
      target = new URL(location, target).href;
      body = undefined;
    }
    throw new Error(`redirects go round in a circle at ${target}`);
  };
}

/** Sends the form of a page with its hidden fields, its ticked boxes, and what is given here. */
function submit(browse, page, fields) {
  const [form = ''] = /<form\b[\s\S]*?<\/form>/i.exec(page.text) ?? [];
  const sent = new URLSearchParams();
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    const isSent = /type="hidden"/i.test(tag) || (/type="(checkbox|radio)"/i.test(tag) && /\schecked\b/i.test(tag));
    const name = attribute(tag, 'name');
    if (isSent && name !== null && !(name in fields)) sent.append(name, attribute(tag, 'value') ?? 'on');
  }
  for (const [name, value] of Object.entries(fields)) sent.append(name, value);
  const action = attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'action') ?? page.url;
  return browse(new URL(action, page.url).href, sent);
}

function attribute(tag, name) {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return (
    value?.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&') ??
    null
  );
}
