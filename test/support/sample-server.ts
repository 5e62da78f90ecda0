import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PAGE_ASSETS } from '../../src/platform/web/assets/page-assets.js';
import { brandCss } from '../../src/platform/web/assets/brand-css.js';
import { pageHeaders } from '../../src/platform/web/page-headers.js';
import { renderPage } from '../../src/platform/web/render-page.js';
import { frameIn } from './page-frames.js';
import { SAMPLE_BRANDING, SAMPLE_PAGES } from './sample-pages.js';

const LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40" width="160" height="40"><rect width="160" height="40"/></svg>';
const COLOURS = { body: brandCss('#7a1fa2'), contentType: 'text/css; charset=utf-8' };

/** Serves the sample pages with the headers and files of the real ones: `/<index>?language=<tag>&brand=1`. */
export class SampleServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<SampleServer> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://host');
      if (url.pathname === '/k') return response.writeHead(200, { 'content-type': 'application/json' }).end('{}'); // no key is asked
      const name = url.pathname.replace('/assets/', '');
      const asset =
        name === 'brand.css'
          ? COLOURS
          : name === 'logo'
            ? { body: LOGO, contentType: 'image/svg+xml' }
            : PAGE_ASSETS.find((each) => each.name === name);
      if (asset) return response.writeHead(200, { 'content-type': asset.contentType }).end(asset.body);
      const make = Object.values(SAMPLE_PAGES)[Number(url.pathname.slice(1))];
      if (!make) return response.writeHead(404).end();
      const branding = url.searchParams.has('brand') ? { logoHref: '/assets/logo', coloursHref: '/assets/brand.css' } : {};
      const frame = frameIn(url.searchParams.get('language') ?? 'en', { ...SAMPLE_BRANDING, ...branding }, '/here');
      const expiry = url.searchParams.has('idle') ? { seconds: Number(url.searchParams.get('idle')), href: '/more', token: '1' } : null;
      return response.writeHead(200, pageHeaders(['https://app.example/'])).end(renderPage(make({ ...frame, expiry })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new SampleServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}
