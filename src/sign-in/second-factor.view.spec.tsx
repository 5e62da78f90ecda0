import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { SecondFactorPage, type SecondFactorModel } from './second-factor.view.js';

const model: SecondFactorModel = {
  frame: frameIn(),
  csrfToken: 'csrf-1',
  action: '/mfa',
  keyOptions: null,
  app: { name: 'Dashboard', redirectHost: 'app.example' },
  person: { displayName: 'Ada <b>Moreno' },
  hasApp: true,
  isStepUp: false,
  rememberDays: 0,
  failed: null,
};
const html = (changes: Partial<SecondFactorModel> = {}): string => renderPage(<SecondFactorPage {...model} {...changes} />);

describe('SecondFactorPage', () => {
  it('has one labelled code field that takes spaces and offers the received code', () => {
    const field = /<input [^>]*name="mfa_token"[^>]*>/.exec(html())?.[0] ?? '';
    expect(html()).toMatch(/<label for="mfa_token">[^<]+<\/label>/);
    expect(field).toContain('inputmode="numeric"');
    expect(field).toContain('autocomplete="one-time-code"');
    expect(field).toContain('aria-describedby="mfa_token-hint"');
    expect(field).not.toContain('pattern');
    expect(html().match(/<input [^>]*type="(?!hidden)/g)).toHaveLength(1);
  });

  it('greets the person, escaped, and says why it asks', () => {
    expect(html()).toContain('Your password was right, <bdi class="name">Ada &lt;b>Moreno</bdi>.');
    expect(html({ isStepUp: true })).toContain('You are signed in, <bdi class="name">Ada &lt;b>Moreno</bdi>.');
  });

  it('says that a code was refused and takes the focus there', () => {
    const refused = html({ failed: 'code' });
    expect(refused).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(refused.match(/autofocus/g)).toHaveLength(1);
    expect(refused).toContain('aria-describedby="mfa_token-hint error-summary"');
    expect(html({ failed: 'key', keyOptions: '/key' })).toContain('That key was not accepted');
  });

  it('carries the CSRF token and no credential', () => {
    expect(html()).toContain('name="csrf_token" value="csrf-1"');
    expect(html()).not.toMatch(/name="(username|password)"/);
    expect(html()).toMatch(/name="cancel" value="1" formnovalidate/);
  });

  it('asks for a key where there is one, and loads the script for nobody else', () => {
    expect(html()).not.toMatch(/data-key|factors\.js/);
    const both = html({ keyOptions: '/key' });
    expect(both).toMatch(/data-key="get" data-options="\/key"/);
    expect(both.indexOf('mfa_token')).toBeLessThan(both.indexOf('data-key'));
    const keyFirst = html({ keyOptions: '/key', hasApp: false });
    expect(keyFirst.indexOf('data-key')).toBeLessThan(keyFirst.indexOf('mfa_token'));
    expect(keyFirst).toContain('<label for="mfa_token">Recovery code</label>');
    expect(keyFirst).toMatch(/<noscript><p class="hint">[^<]+JavaScript/);
  });

  it('offers to remember the browser where that is allowed', () => {
    expect(html()).not.toContain('name="remember"');
    expect(html({ rememberDays: 1 })).toContain('for 1 day<');
    expect(html({ rememberDays: 30 })).toContain('for 30 days<');
  });
});
