import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { AppsPage } from './apps.view.js';
import { HistoryPage } from './history.view.js';
import { OverviewPage } from './overview.view.js';
import { PasswordPage } from './password.view.js';
import { SessionsPage } from './sessions.view.js';

const NOW = new Date('2026-03-01T12:00:00Z');
const frame = frameIn();
const HOSTILE = '<script>alert(1)</script>';

describe('The pages of the account', () => {
  it('escape what others chose, and mark it off from the text around it', () => {
    const html = renderPage(
      AppsPage({
        ...{ frame, revoked: false, revokeAllHref: '/all' },
        apps: [{ name: HOSTILE, href: '/account/apps/x', groups: [], since: NOW, lastUsed: null, until: null, isRemembered: true }],
      }),
    );
    expect(html).not.toContain(HOSTILE);
    expect(html).toContain('<bdi class="name">&lt;script>alert(1)&lt;/script></bdi>');
    expect(html).toContain('No access at this moment');
    expect(html).toContain('It may come back without asking you.');
    expect(html).not.toContain('href="/all"'); // there is only one
  });

  it('say so when there is nothing', () => {
    expect(renderPage(AppsPage({ frame, apps: [], revoked: true, revokeAllHref: '/all' }))).toMatch(
      /Access was taken away\..*No app has access/,
    );
    expect(renderPage(HistoryPage({ frame, signIns: [] }))).toContain('Nothing has been noted yet.');
    const here = { sid: 's', userAgent: null, address: null, authTime: NOW, lastSeenAt: NOW, href: null };
    expect(renderPage(SessionsPage({ frame, sessions: [here], now: NOW, ended: false, endAllHref: '/all' }))).toMatch(
      /Unknown device<span class="label">This device.*You are signed in nowhere else\./,
    );
  });

  it('name the page, and where it is among the others', () => {
    const html = renderPage(
      OverviewPage({ frame, person: { displayName: 'Ann' }, graceUntil: NOW, passwordChanged: false, signOutHref: '/logout' }),
    );
    expect(html).toContain('<title>Your account · Riverside</title>');
    expect(html).toContain('<a href="/account" aria-current="page">Overview</a>');
    expect(html).toContain(
      'Your password should be changed. It works until <time datetime="2026-03-01T12:00:00.000Z">March 1, 2026</time>.',
    );
  });

  it('put what is wrong with a form where it is heard first, and never repeat a password', () => {
    const rules = { minimum: 9, maximum: 0, needsKinds: false, remembered: 0 };
    const model = { frame, action: '/account/password', csrfToken: 't', rules, username: 'ann', offersRevocation: true };
    const html = renderPage(PasswordPage({ ...model, refusals: ['wrong-current'] }));
    expect(html).toContain('<title>Error: change password · Riverside</title>');
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(html).toMatch(/<input id="current_password"[^>]*autocomplete="current-password"[^>]*aria-invalid="true"/);
    expect(html).toMatch(/<input id="new_password"[^>]*autocomplete="new-password" required(?![^>]*aria-invalid)/);
    expect(html).toContain('<li>Characters: 9 or more</li>');
    expect(html).not.toMatch(/or fewer|A small letter|had before/);
  });

  it('know the ways of signing in', () => {
    const signIn = { id: '1', happenedAt: NOW, outcome: 'signed-in' as const, app: null, userAgent: null, address: '2001:db8::1' };
    const htmlOf = (amr: string[]): string => renderPage(HistoryPage({ frame, signIns: [{ ...signIn, amr }] }));
    expect(htmlOf(['pwd'])).toContain('By password<');
    expect(htmlOf(['pwd', 'otp', 'mfa'])).toContain('By password and a second step');
    expect(htmlOf(['hwk', 'user'])).toContain('By passkey');
    expect(htmlOf([])).toContain('<bdi dir="ltr">2001:db8::1</bdi>');
  });
});
