import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import { AwaitingApprovalPage } from './awaiting-approval.view.js';

describe('AwaitingApprovalPage', () => {
  const html = renderPage(
    <AwaitingApprovalPage frame={frameIn()} app={{ name: '<App>', redirectHost: 'app.example' }} clientId="client-1" referenceId="ref-1" />,
  );

  it('says what is missing, who can give it, and by which identifier', () => {
    expect(html).toContain('<h1>This app is waiting for approval</h1>');
    expect(html).toContain('An administrator of <bdi class="name">Riverside</bdi> must approve this app');
    expect(html).toContain('<code>client-1</code>');
    expect(html).toContain('<code>ref-1</code>');
  });

  it('asks for nothing', () => {
    expect(html).not.toMatch(/<form|<input|<App>/);
  });
});
