import { send } from './load.mjs';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const REDIRECTS_AT_MOST = 10;

/**
 * A browser in short: keeps cookies and follows redirects until they leave the server.
 * @param agent of `node:http`, which keeps its connection
 * @returns function of an address, and of the fields of a form when it is posted; its answer is the page: `{ url, status, text }`
 */
export function makeBrowser(origin, agent) {
  const cookies = new Map();
  return async function browse(url, form) {
    let target = url;
    let body = form && new URLSearchParams(form).toString();
    for (let hop = 0; hop < REDIRECTS_AT_MOST; hop += 1) {
      if (!target.startsWith(`${origin}/`)) return { url: target, status: 303, text: '' };
      const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
      const posted = body === undefined ? {} : { method: 'POST', body };
      const answer = await send(agent, target, { headers: { cookie, ...(body === undefined ? {} : { ...FORM, origin }) }, ...posted });
      for (const line of answer.headers['set-cookie'] ?? []) cookies.set(...line.split(';', 1)[0].split(/=(.*)/s, 2));
      const { location } = answer.headers;
      if (location === undefined) return { url: target, status: answer.status, text: answer.text };
      target = new URL(location, target).href;
      body = undefined;
    }
    throw new Error(`redirects go round in a circle at ${target}`);
  };
}

/** Sends the form of a page with its hidden fields, its ticked boxes, and what is given here. */
export function submit(browse, page, fields) {
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
