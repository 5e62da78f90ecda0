import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import { StartAtAppPage } from './start-at-app.view.js';

describe('StartAtAppPage', () => {
  const html = renderPage(<StartAtAppPage frame={frameIn('en', { clinicName: 'A & B' })} />);

  it('sends people to the app, and asks for no password', () => {
    expect(html).toContain('<h1>Start from your app</h1>');
    expect(html).toContain('<bdi class="name">A &amp; B</bdi>');
    expect(html).not.toMatch(/<form|<input|role="alert"/);
  });
});
