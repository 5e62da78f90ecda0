import { HomePage } from './home.view.js';
import { renderPage } from './render-page.js';

const branding = { clinicName: 'Riverside', assetsPath: '/assets', testData: false };

describe('HomePage', () => {
  it('links to what is offered', () => {
    const html = renderPage(<HomePage branding={branding} links={{ swagger: '/swagger', discovery: '/d' }} />);
    expect([...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/swagger', '/d']);
  });

  it('has no empty list when nothing is offered', () => {
    expect(renderPage(<HomePage branding={branding} links={{}} />)).not.toMatch(/<nav|<ul/);
  });
});
