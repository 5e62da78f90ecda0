import { renderPage } from '../../platform/web/render-page.js';
import { AlreadyAnsweredPage } from './already-answered.view.js';

describe('AlreadyAnsweredPage', () => {
  const html = renderPage(
    <AlreadyAnsweredPage
      branding={{ clinicName: 'Riverside', assetsPath: '/assets', testData: false }}
      app={{ name: '<App>', redirectHost: 'app.example' }}
    />,
  );

  it('says that it is done, and with which app to go on', () => {
    expect(html).toContain('<h1>This is already done</h1>');
    expect(html).toContain('app.example');
    expect(html).not.toContain('<App>');
  });

  it('is no error and asks for nothing', () => {
    expect(html).not.toMatch(/role="alert"|<form|<input|<button/);
  });
});
