import type { Sent } from './node-fetch.js';

/** An answer with its body already read. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Where it redirects to, absolute; null when it does not. */
  readonly location: string | null;
}

type Fields = Readonly<Record<string, string | readonly string[] | undefined>>;

const REDIRECTS_AT_MOST = 15;

/** A browser without JavaScript: keeps cookies, follows redirects on this server, fills in forms. */
export class Browser {
  private readonly cookies = new Map<string, string>();

  /** @param send reaches the server; `fetch`, unless it speaks in a way that `fetch` does not */
  constructor(
    private readonly origin: string,
    private readonly send: (url: string, sent: Sent & { redirect: 'manual' }) => Promise<Response> = fetch,
  ) {}

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.request('GET', url, undefined, headers);
  }

  post(url: string, fields: Fields | string, headers: Record<string, string> = {}): Promise<Answer> {
    const body = typeof fields === 'string' ? fields : encodeForm(fields);
    return this.request('POST', url, body, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
  }

  /** Opens an address and follows redirects until a page is shown or another site is reached. */
  async open(url: string): Promise<Answer> {
    return this.follow(await this.get(url));
  }

  /**
   * Sends the form of a page as a browser would: hidden fields, ticked boxes and chosen options as they stand, unless given here.
   * `undefined` leaves a field out.
   */
  async submit(page: Answer, fields: Fields): Promise<Answer> {
    const form = formOf(page);
    const sent: Record<string, string | readonly string[] | undefined> = { ...form.fields, ...fields };
    return this.follow(await this.post(new URL(form.action, page.url).href, sent));
  }

  async follow(answer: Answer): Promise<Answer> {
    let current = answer;
    for (let hop = 0; current.location !== null; hop += 1) {
      if (hop > REDIRECTS_AT_MOST) throw new Error(`redirects go round in a circle at ${current.url}`);
      if (new URL(current.location).origin !== this.origin) return current;
      current = await this.get(current.location);
    }
    return current;
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name);
  }

  cookieNames(): string[] {
    return [...this.cookies.keys()];
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value);
  }

  private async request(method: string, url: string, body: string | undefined, headers: Record<string, string>): Promise<Answer> {
    const target = new URL(url, this.origin).href;
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await this.send(target, {
      method,
      body,
      redirect: 'manual',
      headers: { accept: 'text/html', ...(cookie ? { cookie } : {}), ...(method === 'POST' ? { origin: this.origin } : {}), ...headers },
    });
    for (const line of response.headers.getSetCookie()) this.keep(line);
    const location = response.headers.get('location');
    return {
      url: target,
      status: response.status,
      headers: response.headers,
      text: await response.text(),
      location: location === null ? null : new URL(location, target).href,
    };
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';');
    const [name = '', value = ''] = [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)];
    if (value === '' || /expires=Thu, 01 Jan 1970|max-age=0/i.test(line)) this.cookies.delete(name);
    else this.cookies.set(name, value);
  }
}

/** Encodes a form; a list is sent as repeated fields. */
export function encodeForm(fields: Fields): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of value === undefined ? [] : typeof value === 'string' ? [value] : value) form.append(name, one);
  }
  return form.toString();
}

/** The first form of a page: where it goes, and what it would send untouched. */
export function formOf(page: Answer): { action: string; fields: Record<string, string[]> } {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(page.text)?.[0];
  if (form === undefined) throw new Error(`no form on the page at ${page.url} (${page.status}): ${page.text.slice(0, 300)}`);
  const fields: Record<string, string[]> = {};
  for (const [tag] of form.matchAll(/<input\b[^>]*>/gi)) {
    const name = attribute(tag, 'name');
    const type = attribute(tag, 'type') ?? 'text';
    if (name === null || /\sdisabled\b/i.test(tag) || ['submit', 'button'].includes(type)) continue;
    if ((type === 'checkbox' || type === 'radio') && !/\schecked\b/i.test(tag)) continue;
    (fields[name] ??= []).push(attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : ''));
  }
  const action = attribute(/<form\b[^>]*>/i.exec(form)?.[0] ?? '', 'action');
  return { action: action ?? page.url, fields };
}

function attribute(tag: string, name: string): string | null {
  const value = new RegExp(`\\s${name}="([^"]*)"`, 'i').exec(tag)?.[1];
  return value === undefined ? null : unescapeHtml(value);
}

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

function unescapeHtml(text: string): string {
  return text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}
