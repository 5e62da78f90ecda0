import { frameIn } from '../../../test/support/page-frames.js';
import { Layout } from './layout.view.js';
import { renderPage } from './render-page.js';

const frame = frameIn();

describe('Layout', () => {
  it('is a whole document with a doctype, a language, a title and a viewport', () => {
    const html = renderPage(
      <Layout title="Sign in" frame={frame}>
        <h1>Hello</h1>
      </Layout>,
    );
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en" dir="ltr">/);
    expect(html).toContain('<title>Sign in · Riverside</title>');
    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1"/>');
    expect(html).toMatch(/<main [^>]*><h1>Hello<\/h1><\/main>/);
  });

  it('takes language and direction from the model', () => {
    const html = renderPage(
      <Layout title="x" frame={frameIn('ar')}>
        x
      </Layout>,
    );
    expect(html).toContain('<html lang="ar" dir="rtl">');
  });

  it('warns of demo data only where there is demo data', () => {
    const page = (testData: boolean) =>
      renderPage(
        <Layout title="x" frame={frameIn('en', { testData })}>
          x
        </Layout>,
      );
    expect(page(true)).toContain('Demo data: not for real patients');
    expect(page(false)).not.toContain('Demo data');
  });

  it('loads files of this server only, and nothing inline', () => {
    const html = renderPage(
      <Layout title="x" frame={frame} script="form-post.js">
        x
      </Layout>,
    );
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(4);
    for (const address of addresses) expect(address).toMatch(/^\/assets\/[\w.-]+\?v=[0-9a-f]{16}$/);
    expect(html).toMatch(/<script src="[^"]+" defer><\/script>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it('escapes a hostile clinic name and title, in the window title too', () => {
    const html = renderPage(
      <Layout title={'</title><script>alert(1)</script>'} frame={frameIn('en', { clinicName: '<img src=x onerror=alert(2)>' })}>
        x
      </Layout>,
    );
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(2)>');
  });

  it('leads to the same page in every other language, each named in its own', () => {
    const page = (here: string | null) =>
      renderPage(
        <Layout title="x" frame={frameIn('he', {}, here)}>
          x
        </Layout>,
      );
    const html = page('/oauth2/default/logout?state="a"&x=1');
    expect(html).toContain('<a href="/oauth2/default/logout?state=&quot;a&quot;&amp;x=1&amp;chartkey_language=ar" lang="ar" dir="rtl"');
    expect(html).toContain('<span lang="he" dir="rtl" aria-current="true">עברית</span>');
    expect(html.match(/chartkey_language=/g)).toHaveLength(6);
    expect(page('/')).toContain('href="/?chartkey_language=pt-BR"');
    expect(page(null)).not.toContain('<nav');
  });
});
