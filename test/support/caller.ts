import type { JsonAnswer } from './oauth-client.js';
import { encodeForm } from './browser.js';
import { type OAuthClient, postForm, postJson } from './oauth-client.js';

type Fields = Readonly<Record<string, string | undefined>>;

/** Somebody at an address of their own: the server trusts whoever speaks for them. */
export class Caller {
  constructor(
    /** IP address. */
    readonly address: string,
    private readonly issuer: string,
  ) {}

  get headers(): Record<string, string> {
    return { 'x-forwarded-for': this.address };
  }

  /** A token request that is refused for what it asks, after its client has been proven. */
  token(client: OAuthClient, fields: Fields = {}): Promise<JsonAnswer> {
    const asked = { grant_type: 'refresh_token', refresh_token: 'unknown', ...client.credentials, ...fields };
    return postForm(`${this.issuer}/token`, encodeForm(asked), this.headers);
  }

  introspect(client: OAuthClient, fields: Fields = {}): Promise<JsonAnswer> {
    return postForm(`${this.issuer}/introspect`, encodeForm({ token: 'unknown', ...client.credentials, ...fields }), this.headers);
  }

  register(): Promise<JsonAnswer> {
    return postJson(`${this.issuer}/registration`, '{}', this.headers);
  }

  /** As a browser at this address would send it. */
  fetch(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, { ...init, headers: { ...(init.headers as Record<string, string>), ...this.headers } });
  }
}

/** The statuses of several answers, one after the other. */
export async function statuses(times: number, ask: () => Promise<{ readonly status: number }>): Promise<number[]> {
  const seen: number[] = [];
  for (let n = 0; n < times; n += 1) seen.push((await ask()).status);
  return seen;
}
