import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { SignInPage, type SignInModel } from './sign-in.view.js';

const model: SignInModel = {
  frame: frameIn(),
  csrfToken: 'csrf-1',
  action: '/oauth2/default/login',
  app: { name: 'Dashboard', redirectHost: 'app.example' },
  roles: ['users', 'patient'],
  selectedRole: 'users',
  emailNeeded: true,
  failed: false,
};

const page = (changes: Partial<SignInModel> = {}) => renderPage(<SignInPage {...model} {...changes} />);
const inputNamed = (html: string, name: string) => new RegExp(`<input [^>]*name="${name}"[^>]*>`).exec(html)?.[0] ?? '';

describe('SignInPage', () => {
  it('posts to its action with the CSRF token', () => {
    const html = page();
    expect(html).toContain('<form method="post" action="/oauth2/default/login"');
    expect(inputNamed(html, 'csrf_token')).toContain('value="csrf-1"');
  });

  it('names the app and where it leads', () => {
    expect(page()).toContain('Dashboard');
    expect(page()).toContain('app.example');
  });

  it.each([
    ['username', 'username'],
    ['password', 'current-password'],
    ['email', 'email'],
  ])('labels %s and lets a password manager fill it', (name, purpose) => {
    const html = page();
    expect(html).toMatch(new RegExp(`<label for="${name}">[^<]+</label>`));
    expect(inputNamed(html, name)).toContain(`autocomplete="${purpose}"`);
  });

  it('fills in the hinted name, escaped, and moves on to the password', () => {
    const html = page({ username: 'ada"><b>' });
    expect(html).toContain('value="ada&quot;>&lt;b>"');
    expect(inputNamed(html, 'password')).toContain('autofocus');
    expect(html.match(/autofocus/g)).toHaveLength(1);
  });

  it('never sends a password back', () => {
    expect(inputNamed(page({ failed: true, username: 'ada' }), 'password')).not.toContain('value=');
  });

  it('lets the person choose a role only where there is a choice', () => {
    const both = page({ selectedRole: 'patient' });
    expect(both).toContain('<legend>I am signing in as</legend>');
    expect(both).toMatch(/type="radio" name="user_role" value="patient" checked/);
    expect(both).not.toMatch(/value="users" checked/);
    const one = page({ roles: ['patient'], selectedRole: 'patient' });
    expect(one).not.toContain('type="radio"');
    expect(inputNamed(one, 'user_role')).toContain('type="hidden"');
    expect(inputNamed(one, 'user_role')).toContain('value="patient"');
  });

  it('asks for an e-mail address only where a patient can sign in and the EHR wants one', () => {
    expect(inputNamed(page({ roles: ['patient'] }), 'email')).toContain('required');
    expect(inputNamed(page(), 'email')).not.toContain('required');
    expect(inputNamed(page({ roles: ['users'] }), 'email')).toBe('');
    expect(inputNamed(page({ emailNeeded: false }), 'email')).toBe('');
  });

  it('says that sign-in failed, takes the focus there, and marks the fields', () => {
    const html = page({ failed: true });
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(html.match(/autofocus/g)).toHaveLength(1);
    expect(html).toContain('<title>Error: sign in · Riverside</title>');
    expect(inputNamed(html, 'username')).toContain('aria-describedby="error-summary"');
    expect(inputNamed(html, 'password')).toContain('aria-invalid="true"');
  });

  it('says that the page had expired', () => {
    expect(page({ expired: true })).toMatch(/role="status">This page was open for too long/);
    expect(page()).not.toContain('role="status"');
  });

  it('offers a way out to the app that works with empty fields, after the button that Enter presses', () => {
    const html = page();
    expect(html).toMatch(/<button type="submit"[^>]*name="cancel" value="1" formnovalidate>Cancel<\/button>/);
    expect(html.indexOf('>Sign in</button>')).toBeLessThan(html.indexOf('>Cancel</button>'));
    expect(page({ app: null })).not.toContain('name="cancel"');
  });

  it('escapes a hostile app', () => {
    const html = page({ app: { name: '<script>alert(1)</script>', redirectHost: '"><img>' } });
    expect(html).not.toMatch(/<script>|<img/);
  });
});
