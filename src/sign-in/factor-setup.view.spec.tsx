import { renderToString } from 'preact-render-to-string';
import { frameIn } from '../../test/support/page-frames.js';
import { renderPage } from '../platform/web/render-page.js';
import { AppSetup, KeySetup, RecoveryCodesPage } from './factor-setup.view.js';

const { words } = frameIn();
const setup = {
  words,
  action: '/enrol',
  csrfToken: 'csrf-1',
  link: 'otpauth://totp/A:b?secret=JBSW',
  secret: 'JBSWY3DPEHPK3PXP',
  failed: null,
};

describe('AppSetup', () => {
  const html = renderToString(<AppSetup {...setup} />);

  it('shows the key as picture, in groups of four, and as a link', () => {
    expect(html).toMatch(/<svg class="qr-code" role="img" aria-label="QR code of the key below"/);
    expect(html).toContain('>JBSW Y3DP EHPK 3PXP</code>');
    expect(html).toContain('href="otpauth://totp/A:b?secret=JBSW"');
  });

  it('asks for the first code and carries no secret in the form', () => {
    const form = /<form[\s\S]*<\/form>/.exec(html)?.[0] ?? '';
    expect(form).toMatch(/name="code"[^>]*autocomplete="one-time-code"/);
    expect(form).not.toMatch(/JBSW/);
  });
});

describe('KeySetup', () => {
  it('makes a key by script, and asks what to call it', () => {
    const html = renderToString(<KeySetup {...{ words, action: '/enrol', options: '/enrol/key', csrfToken: 'csrf-1' }} />);
    expect(html).toMatch(/data-key="create" data-options="\/enrol\/key"/);
    expect(html).toMatch(/name="label"[^>]*maxlength="64"/);
  });
});

describe('RecoveryCodesPage', () => {
  const codes = ['2345-6789-ABCD-EFGH', 'JKLM-NPQR-STUV-WXYZ'];
  const html = renderPage(<RecoveryCodesPage frame={frameIn()} codes={codes} continueHref="/on" clockIsOff={false} />);

  it('shows every code, and offers them as a file without a script', () => {
    for (const code of codes) expect(html).toContain(`<code>${code}</code>`);
    expect(html).toContain(`href="data:text/plain;charset=utf-8,${codes.join('%0A')}%0A" download="recovery-codes.txt"`);
    expect(html).toContain('href="/on"');
  });

  it('hides what only a script can do', () => {
    expect(html).toMatch(/data-copy="recovery-codes"[^>]* hidden/);
    expect(html).toMatch(/data-print="1" hidden/);
  });

  it('speaks of the clock where it is off', () => {
    expect(html).not.toContain('clock');
    expect(renderPage(<RecoveryCodesPage frame={frameIn()} codes={codes} continueHref="/on" clockIsOff />)).toContain('half a minute');
  });
});
