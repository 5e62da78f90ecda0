import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import { AlreadyAnsweredPage } from './already-answered.view.js';

describe('AlreadyAnsweredPage', () => {
  const html = renderPage(<AlreadyAnsweredPage frame={frameIn()} app={{ name: '<App>', redirectHost: 'app.example' }} />);

  it('says that it is done, and with which app to go on', () => {
    expect(html).toContain('<h1>This is already done</h1>');
    expect(html).toContain('app.example');
    expect(html).not.toContain('<App>');
  });

  it('is no error and asks for nothing', () => {
    expect(html).not.toMatch(/role="alert"|<form|<input|<button/);
  });
});
