import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import { ExpiredPage } from './expired.view.js';

describe('ExpiredPage', () => {
  it('has one button, which starts the same request again', () => {
    const html = renderPage(<ExpiredPage frame={frameIn()} csrfToken="csrf-1" action="/oauth2/default/authorize/1" />);
    expect(html).toContain('<form method="post" action="/oauth2/default/authorize/1"');
    expect(html).toContain('name="csrf_token" value="csrf-1"');
    expect(html.match(/<button/g)).toHaveLength(1);
  });
});
