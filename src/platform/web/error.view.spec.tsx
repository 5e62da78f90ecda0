import { frameIn } from '../../../test/support/page-frames.js';
import { ErrorPage, type ErrorModel } from './error.view.js';
import { renderPage } from './render-page.js';

const model: ErrorModel = {
  frame: frameIn(),
  title: 'This link does not work',
  explanation: 'The app asked for something that is not allowed.',
  errorCode: 'invalid_request',
  errorDescription: 'redirect_uri is not registered',
  referenceId: 'ref-1',
};

describe('ErrorPage', () => {
  it('speaks to people first and keeps the code behind a disclosure', () => {
    const html = renderPage(<ErrorPage {...model} />);
    expect(html).toContain('<h1>This link does not work</h1>');
    expect(html).toContain('Reference: <code>ref-1</code>');
    expect(html.indexOf('invalid_request')).toBeGreaterThan(html.indexOf('<details>'));
    expect(html).not.toMatch(/<details[^>]* open/);
  });

  it('says what to do where something can be done', () => {
    expect(renderPage(<ErrorPage {...model} advice="Go back to the app." />)).toContain(
      '<h2 id="advice">What you can do</h2><p>Go back to the app.</p>',
    );
    expect(renderPage(<ErrorPage {...model} />)).not.toContain('What you can do');
  });

  it('escapes what a request may have put into it', () => {
    const html = renderPage(<ErrorPage {...model} errorDescription={'<svg onload="x">'} referenceId={'"><b>'} />);
    expect(html).toContain('&lt;svg onload=&quot;x&quot;>');
    expect(html).not.toContain('<b>');
  });
});
