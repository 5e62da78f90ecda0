import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { ChooseAccountPage } from './choose-account.view.js';

describe('ChooseAccountPage', () => {
  const html = renderPage(
    <ChooseAccountPage
      frame={frameIn()}
      csrfToken="csrf-1"
      action="/continue"
      app={{ name: 'Dashboard', redirectHost: 'app.example' }}
      person={{ displayName: 'Ada <b>' }}
      otherAccountHref="/sign-in/1?other_account=1"
    />,
  );

  it('lets the person go on, be somebody else, or turn back', () => {
    expect(html).toContain('Continue as <bdi class="name">Ada &lt;b></bdi>');
    expect(html).toContain('<a href="/sign-in/1?other_account=1"');
    expect(html).toMatch(/name="cancel" value="1"/);
    expect(html).toContain('name="csrf_token" value="csrf-1"');
  });

  it('asks for no password', () => {
    expect(html).not.toContain('type="password"');
  });
});
