import { frameIn } from '../../../test/support/page-frames.js';
import { FormPostPage } from './form-post.view.js';
import { renderPage } from './render-page.js';

describe('FormPostPage', () => {
  const html = renderPage(
    <FormPostPage
      frame={frameIn()}
      action="https://app.example/cb?a=1&b=2"
      appName="<i>App"
      fields={{ code: 'c"1', state: '"><script>x</script>', iss: 'https://as.example' }}
    />,
  );

  it('posts every field to the redirect URI', () => {
    expect(html).toContain('<form method="post" action="https://app.example/cb?a=1&amp;b=2"');
    expect(html).toContain('<input type="hidden" name="code" value="c&quot;1"/>');
    expect(html).toContain('<input type="hidden" name="iss" value="https://as.example"/>');
  });

  it('works without script: a button is there, and the script is a file', () => {
    expect(html).toMatch(/<button type="submit"[^>]*>Continue<\/button>/);
    expect(html).toMatch(/<script src="\/assets\/form-post\.js\?v=[0-9a-f]{16}" defer><\/script>/);
  });

  it('lets no value out of its attribute', () => {
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<i>');
  });

  it('adds no field of its own', () => {
    expect(html.match(/<input/g)).toHaveLength(3);
  });
});
