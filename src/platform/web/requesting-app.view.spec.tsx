import { renderToString } from 'preact-render-to-string';
import { frameIn } from '../../../test/support/page-frames.js';
import { ExternalLink, RequestingAppLine } from './requesting-app.view.js';

const { words } = frameIn();

describe('RequestingAppLine', () => {
  it('names the app and the host it leads to', () => {
    const html = renderToString(
      <RequestingAppLine app={{ name: 'cardio', redirectHost: 'app.example' }} words={words} sentence="requestingApp.signIn" />,
    );
    expect(html).toContain('<bdi class="name">cardio</bdi>');
    expect(html).toContain('<bdi class="host" dir="ltr">app.example</bdi>');
    expect(html).toContain('aria-hidden="true">C</span>');
  });

  it.each([
    ['<script>', 'S'],
    ['\u202E"!', '?'],
    ['', '?'],
    ['é-app', 'É'],
  ])('finds an initial in %j', (name, initial) => {
    const html = renderToString(<RequestingAppLine app={{ name, redirectHost: 'h' }} words={words} sentence="requestingApp.signIn" />);
    expect(html).toContain(`aria-hidden="true">${initial}</span>`);
    expect(html).not.toContain('<script');
  });
});

describe('ExternalLink', () => {
  it('opens a web address in a new tab without handing over this page', () => {
    const html = renderToString(<ExternalLink words={words} href="https://app.example/privacy?a=1&b=2" label="Policy" />);
    expect(html).toContain('href="https://app.example/privacy?a=1&amp;b=2"');
    expect(html).toContain('rel="noopener noreferrer"');
    expect(html).toContain('opens in a new tab');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', ' JaVaScRiPt:alert(1)', '/relative', '', 'not an address'])(
    'makes no link of %j',
    (href) => {
      expect(renderToString(<ExternalLink words={words} href={href} label="Policy" />)).toBe('<span>Policy</span>');
    },
  );
});
