import { Layout, type Branding } from './layout.view.js';
import { renderPage } from './render-page.js';

const branding: Branding = { clinicName: 'Riverside', assetsPath: '/assets', testData: false };

describe('Layout', () => {
  it('is a whole document with a doctype, a language, a title and a viewport', () => {
    const html = renderPage(
      <Layout title="Sign in" branding={branding}>
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
      <Layout title="x" branding={branding} language={{ tag: 'ar', direction: 'rtl' }}>
        x
      </Layout>,
    );
    expect(html).toContain('<html lang="ar" dir="rtl">');
  });

  it('warns of demo data only where there is demo data', () => {
    const page = (testData: boolean) =>
      renderPage(
        <Layout title="x" branding={{ ...branding, testData }}>
          x
        </Layout>,
      );
    expect(page(true)).toContain('Demo data: not for real patients');
    expect(page(false)).not.toContain('Demo data');
  });

  it('loads files of this server only, and nothing inline', () => {
    const html = renderPage(
      <Layout title="x" branding={branding} script="form-post.js">
        x
      </Layout>,
    );
    const addresses = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, address]) => address);
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect(address).toMatch(/^\/assets\/[\w.-]+\?v=[0-9a-f]{16}$/);
    expect(html).toMatch(/<script src="[^"]+" defer><\/script>/);
    expect(html).not.toMatch(/<style|\sstyle=|\son\w+=/);
  });

  it('escapes a hostile clinic name and title, in the window title too', () => {
    const html = renderPage(
      <Layout title={'</title><script>alert(1)</script>'} branding={{ ...branding, clinicName: '<img src=x onerror=alert(2)>' }}>
        x
      </Layout>,
    );
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(2)>');
  });
});
