import { pageHeaders } from './page-headers.js';

const policy = (targets: string[]): string => pageHeaders(targets)['content-security-policy'] ?? '';

describe('pageHeaders', () => {
  it('forbids frames, caches and everything that is not ours', () => {
    expect(pageHeaders()).toMatchObject({ 'x-frame-options': 'DENY', 'cache-control': 'no-store' });
    expect(policy([])).toContain("default-src 'none'");
    expect(policy([])).toContain("frame-ancestors 'none'");
    expect(policy([])).not.toMatch(/unsafe/);
  });

  it('leaves a popup connected to the app that opened it', () => {
    expect(pageHeaders()).not.toHaveProperty('cross-origin-opener-policy');
  });

  it('lets a form lead to the client: by origin on the web, by scheme to an app', () => {
    expect(policy(['https://app.example:8443/cb?x=1'])).toContain("form-action 'self' https://app.example:8443");
    expect(policy(['com.example.app:/cb'])).toContain("form-action 'self' com.example.app:");
  });
});
