import { loadConfig } from '../config/load-config.js';
import { mayReadMetrics, type MetricsRequest } from './metrics-access.js';

const PROXIED = { 'x-forwarded-for': '203.0.113.5' };
const TOKEN = 'scrape-scrape-scrape';
const bearer = (token: string): MetricsRequest['headers'] => ({ authorization: `Bearer ${token}` });
const from = (ip: string, more: Partial<MetricsRequest> = {}): MetricsRequest => ({ ip, headers: {}, host: '127.0.0.1:3000', ...more });

describe('mayReadMetrics', () => {
  const LOCAL = loadConfig({ PUBLIC_URL: 'https://id.clinic.example' });

  it.each<[string, MetricsRequest, boolean]>([
    ['this machine', from('127.0.0.1'), true],
    ['this machine by its other addresses', from('127.8.8.8'), true],
    ['this machine by IPv6', from('::1', { host: '[::1]:3000' }), true],
    ['this machine by IPv4 inside IPv6', from('::ffff:127.0.0.1'), true],
    ['this machine by our own name', from('127.0.0.1', { host: 'id.clinic.example' }), true],
    ['this machine by a name that somebody pointed here', from('127.0.0.1', { host: 'evil.example' }), false],
    ['another machine', from('192.0.2.7'), false],
    ['an address that only looks alike', from('127.0.0.1.evil.example'), false],
    ['a proxy of this machine that nobody trusts', from('127.0.0.1', { headers: PROXIED }), false],
    ['the same with another header', from('127.0.0.1', { headers: { forwarded: 'for=203.0.113.5' } }), false],
    ['the same with no address to tell', from('127.0.0.1', { headers: { via: '1.1 proxy' } }), false],
    ['a proxy that vouches for nobody', from('127.0.0.1', { headers: { 'x-real-ip': '203.0.113.5' }, ips: ['127.0.0.1'] }), false],
    ['a stranger behind a trusted proxy', from('203.0.113.5', { headers: PROXIED, ips: ['127.0.0.1', '203.0.113.5'] }), false],
    ['this machine behind a trusted proxy', from('127.0.0.1', { headers: PROXIED, ips: ['10.0.0.5', '127.0.0.1'] }), true],
  ])('by default, %s: %p', (_who, request, expected) => expect(mayReadMetrics(request, LOCAL)).toBe(expected));

  it.each<[string, string, MetricsRequest['headers'], boolean]>([
    ['local', TOKEN, bearer(TOKEN), true],
    ['local', TOKEN, { authorization: `bearer ${TOKEN}` }, true],
    ['local', TOKEN, bearer(`${TOKEN}x`), false],
    ['local', TOKEN, {}, false],
    ['local', '', bearer('undefined'), false],
    ['on', '', {}, true],
    ['off', TOKEN, bearer(TOKEN), false],
  ])('%s with the token %j opens to %j from elsewhere: %p', (mode, token, headers, expected) => {
    const config = loadConfig({ CHARTKEY_METRICS: mode, CHARTKEY_METRICS_TOKEN: token });
    expect(mayReadMetrics(from('192.0.2.7', { headers }), config)).toBe(expected);
  });
});
