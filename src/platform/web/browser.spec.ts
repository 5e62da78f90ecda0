import type { FastifyReply, FastifyRequest } from 'fastify';
import { SeededRandom } from '../../../test/support/seeded-random.js';
import { parseFormBody } from '../../protocol/parameters/form.js';
import { loadConfig } from '../config/load-config.js';
import { Browser } from './browser.js';
import { CookieJar } from './cookie-jar.js';

/** A request and its reply, with the cookie that the reply sets. */
function exchange(cookies: Record<string, string> = {}, headers: Record<string, string> = {}) {
  const set: Record<string, { value: string; options: unknown }> = {};
  const reply = {
    setCookie: (name: string, value: string, options: unknown) => (set[name] = { value, options }),
  } as unknown as FastifyReply;
  return { request: { cookies, headers, host: 'localhost:3000' } as unknown as FastifyRequest, reply, set };
}

const browserAt = (env: Record<string, string>): Browser => {
  const config = loadConfig(env);
  return new Browser(new CookieJar(config), new SeededRandom(), config);
};

describe('Browser', () => {
  const browser = browserAt({});
  const form = (token: string) => parseFormBody(Buffer.from(`csrf_token=${encodeURIComponent(token)}`));

  it('gives a new browser a secret, out of reach of scripts and other sites', () => {
    const { request, reply, set } = exchange();
    const hash = browser.identify(request, reply);
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(set['chartkey_browser']?.options).toEqual({ path: '/', httpOnly: true, sameSite: 'lax', secure: false });
    expect(browser.identify(request, reply)).toBe(hash);
  });

  it('binds the cookie to the host over https', () => {
    const { request, reply, set } = exchange();
    browserAt({ PUBLIC_URL: 'https://id.clinic.example' }).identify(request, reply);
    expect(set['__Host-chartkey_browser']?.options).toMatchObject({ secure: true, path: '/' });
  });

  it('takes a token back for the form it was made for, in the same browser', () => {
    const { request, reply } = exchange();
    const token = browser.csrfToken(request, reply, 'one');
    expect(() => browser.checkCsrf(request, form(token), 'one')).not.toThrow();
    expect(() => browser.checkCsrf(request, form(token), 'two')).toThrow(/expired/);
    expect(() => browser.checkCsrf(request, form(''), 'one')).toThrow(/expired/);
    expect(() => browser.checkCsrf(exchange({ chartkey_browser: 'x'.repeat(43) }).request, form(token), 'one')).toThrow(/expired/);
    expect(() => browser.checkCsrf(exchange().request, form(token), 'one')).toThrow(/expired/);
  });

  it('refuses a form that another origin sent', () => {
    const { request, reply } = exchange({}, {});
    const token = browser.csrfToken(request, reply, 'one');
    request.headers.origin = 'https://evil.example';
    expect(() => browser.checkCsrf(request, form(token), 'one')).toThrow(/expired/);
    request.headers.origin = 'http://localhost:3000';
    expect(() => browser.checkCsrf(request, form(token), 'one')).not.toThrow();
  });

  it('ignores a cookie that is no secret of ours', () => {
    expect(browser.findHash(exchange({ chartkey_browser: 'short' }).request)).toBeNull();
  });
});
