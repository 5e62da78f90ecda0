import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { LogoutPage } from './logout.view.js';
import { SignedOutPage } from './signed-out.view.js';

const frame = frameIn();
const model = { frame, csrfToken: 'csrf-1', action: '/oauth2/default/logout' };

describe('LogoutPage', () => {
  it('says who asks, and lets the person decide either way', () => {
    const html = renderPage(<LogoutPage {...model} app={{ name: '<App>' }} person={{ displayName: 'Ada' }} />);
    expect(html).toContain('<bdi class="name">&lt;App></bdi> asks to sign you out of <bdi class="name">Riverside</bdi>.');
    expect(html).toContain('name="csrf_token" value="csrf-1"');
    expect(html).toMatch(/name="decision" value="sign_out"/);
    expect(html).toMatch(/name="decision" value="stay"/);
    expect(html).toContain('Signed in as <bdi class="name">Ada</bdi>');
  });

  it('sends along what the app asked for', () => {
    const carried = { state: 'a "b"', post_logout_redirect_uri: 'https://app.example/out' };
    const html = renderPage(<LogoutPage {...model} carried={carried} app={null} person={null} />);
    expect(html).toContain('<input type="hidden" name="state" value="a &quot;b&quot;"');
    expect(html).toContain('name="post_logout_redirect_uri" value="https://app.example/out"');
  });

  it('speaks of no app when none asks', () => {
    const html = renderPage(<LogoutPage {...model} app={null} person={null} />);
    expect(html).toContain('You are about to sign out of');
    expect(html).not.toMatch(/asks|Signed in as/);
  });
});

describe('SignedOutPage', () => {
  it.each([
    ['signedOut', 'You are signed out'],
    ['stayed', 'You are still signed in'],
  ] as const)('tells the outcome %s', (outcome, heading) => {
    expect(renderPage(<SignedOutPage frame={frame} outcome={outcome} />)).toContain(`<h1>${heading}</h1>`);
  });

  it('links onward only where told where', () => {
    expect(renderPage(<SignedOutPage frame={frame} outcome="signedOut" homeHref="/" />)).toContain('<a href="/">');
    expect(renderPage(<SignedOutPage frame={frame} outcome="signedOut" />)).not.toContain('<a ');
  });
});
