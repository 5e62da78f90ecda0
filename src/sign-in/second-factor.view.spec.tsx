import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { NoUsableFactorPage, SecondFactorPage } from './second-factor.view.js';

const model = {
  frame: frameIn(),
  csrfToken: 'csrf-1',
  action: '/mfa',
  app: { name: 'Dashboard', redirectHost: 'app.example' },
};
const person = { displayName: 'Ada <b>Moreno' };

describe('SecondFactorPage', () => {
  it('has one labelled code field that takes spaces and offers the received code', () => {
    const html = renderPage(<SecondFactorPage {...model} person={person} failed={false} />);
    const field = /<input [^>]*name="mfa_token"[^>]*>/.exec(html)?.[0] ?? '';
    expect(html).toMatch(/<label for="mfa_token">[^<]+<\/label>/);
    expect(field).toContain('inputmode="numeric"');
    expect(field).toContain('autocomplete="one-time-code"');
    expect(field).toContain('aria-describedby="mfa_token-hint"');
    expect(field).not.toContain('pattern');
    expect(html.match(/<input [^>]*type="(?!hidden)/g)).toHaveLength(1);
  });

  it('greets the person, escaped', () => {
    const html = renderPage(<SecondFactorPage {...model} person={person} failed={false} />);
    expect(html).toContain('Ada &lt;b>Moreno');
  });

  it('says that a code was refused and takes the focus there', () => {
    const html = renderPage(<SecondFactorPage {...model} person={person} failed />);
    expect(html).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(html.match(/autofocus/g)).toHaveLength(1);
    expect(html).toContain('aria-describedby="mfa_token-hint error-summary"');
  });

  it('carries the CSRF token and no credential', () => {
    const html = renderPage(<SecondFactorPage {...model} person={person} failed />);
    expect(html).toContain('name="csrf_token" value="csrf-1"');
    expect(html).not.toMatch(/name="(username|password)"/);
    expect(html).toMatch(/name="cancel" value="1" formnovalidate/);
  });
});

describe('NoUsableFactorPage', () => {
  it('explains, says what to do, and offers only the way out', () => {
    const html = renderPage(<NoUsableFactorPage {...model} />);
    expect(html).toContain('security key');
    expect(html).toContain('What you can do');
    expect(html).toMatch(/name="cancel" value="1">Go back to the app<\/button>/);
    expect(html).not.toContain('mfa_token');
    expect(html).toContain('name="csrf_token" value="csrf-1"');
  });
});
