import { renderToString } from 'preact-render-to-string';
import { CSRF_FIELD, ERROR_SUMMARY_ID, ErrorSummary, PostForm, TextField } from './form-parts.view.js';

describe('PostForm', () => {
  it('posts, and carries the CSRF token', () => {
    const html = renderToString(
      <PostForm action={'/a?x="1"'} csrfToken={'t"k'}>
        x
      </PostForm>,
    );
    expect(html).toContain('<form method="post" action="/a?x=&quot;1&quot;"');
    expect(html).toContain(`<input type="hidden" name="${CSRF_FIELD}" value="t&quot;k"/>`);
  });
});

describe('ErrorSummary', () => {
  it('is announced and takes the focus', () => {
    const html = renderToString(<ErrorSummary title="No">Because.</ErrorSummary>);
    expect(html).toMatch(new RegExp(`<div id="${ERROR_SUMMARY_ID}"[^>]* role="alert" tabindex="-1" autofocus>`));
  });
});

describe('TextField', () => {
  it('ties the label and the hint to the input', () => {
    const html = renderToString(<TextField name="email" label="E-mail" hint="Yours." input={{ type: 'email' }} />);
    expect(html).toContain('<label for="email">E-mail</label>');
    expect(html).toContain('<p id="email-hint" class="hint">Yours.</p>');
    expect(html).toMatch(/<input [^>]*id="email"[^>]*aria-describedby="email-hint"/);
    expect(html).not.toContain('aria-invalid');
  });

  it('points at the error summary when in doubt', () => {
    const html = renderToString(<TextField name="a" label="A" inDoubt input={{ type: 'text' }} />);
    expect(html).toContain(`aria-describedby="${ERROR_SUMMARY_ID}"`);
    expect(html).toContain('aria-invalid="true"');
  });

  it('describes nothing when there is nothing to describe', () => {
    expect(renderToString(<TextField name="a" label="A" input={{ type: 'text' }} />)).not.toContain('aria-describedby');
  });
});
