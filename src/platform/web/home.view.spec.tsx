import { frameIn } from '../../../test/support/page-frames.js';
import { HomePage } from './home.view.js';
import { renderPage } from './render-page.js';

const frame = frameIn();

describe('HomePage', () => {
  it('links to what is offered', () => {
    const html = renderPage(<HomePage frame={frame} links={{ swagger: '/swagger', discovery: '/d' }} />);
    expect([...html.matchAll(/<a href="([^"]+)"/g)].map(([, href]) => href)).toEqual(['/swagger', '/d']);
  });

  it('has no empty list when nothing is offered', () => {
    expect(renderPage(<HomePage frame={frame} links={{}} />)).not.toMatch(/<nav|<ul/);
  });
});
