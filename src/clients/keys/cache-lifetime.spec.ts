import { cacheLifetime } from './cache-lifetime.js';

const NOW = new Date('2026-01-01T00:00:00Z');
const later = (seconds: number): string => new Date(NOW.getTime() + seconds * 1000).toUTCString();

describe('cacheLifetime', () => {
  it.each<[string, string | undefined, string | undefined, string | undefined, number]>([
    ['nothing', undefined, undefined, undefined, 300],
    ['max-age', 'public, max-age=600', undefined, undefined, 600],
    ['max-age in quotation marks and capitals', 'Max-Age="600"', undefined, undefined, 600],
    ['max-age over Expires', 'max-age=600', later(1200), undefined, 600],
    ['more than an hour', 'max-age=31536000', undefined, undefined, 3600],
    ['less than a minute', 'max-age=1', undefined, undefined, 60],
    ['no-store', 'no-store, max-age=600', undefined, undefined, 60],
    ['no-cache', 'private,no-cache', undefined, undefined, 60],
    ['s-maxage, which is for shared caches of answers', 's-maxage=900', undefined, undefined, 300],
    ['Expires', undefined, later(900), undefined, 900],
    ['Expires by the clock of the host', undefined, later(1500), later(600), 900],
    ['Expires that has passed', undefined, later(-5), undefined, 60],
    ['Expires that is no date', undefined, '0', undefined, 60],
  ])('keeps a set that says %s', (_what, cacheControl, expires, date, seconds) => {
    expect(cacheLifetime({ cacheControl, expires, date }, NOW)).toBe(seconds);
  });
});
