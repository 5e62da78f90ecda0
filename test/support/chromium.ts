import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { TEST_DATABASE } from './start-server.js';

const FLAGS = JSON.parse(readFileSync(new URL('./chromium-flags.json', import.meta.url), 'utf8')) as string[];
/** Screenshots of a run; git does not see them. */
const ARTIFACTS = join('artifacts', 'browser', TEST_DATABASE);

/** A real browser with a fresh profile; it reaches this machine and nothing else. */
export class Chromium {
  private constructor(private readonly browser: Browser) {}

  /** @throws Error naming what to install when there is no browser at `CHROMIUM_PATH` or `/usr/bin/chromium` */
  static async launch(): Promise<Chromium> {
    const executablePath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';
    if (!existsSync(executablePath)) {
      throw new Error(`no browser at ${executablePath}: install Chromium (Debian: apt-get install chromium) or set CHROMIUM_PATH`);
    }
    const isRoot = process.getuid?.() === 0; // Chromium refuses to be root inside its sandbox
    return new Chromium(await chromium.launch({ executablePath, args: [...(isRoot ? ['--no-sandbox'] : []), ...FLAGS] }));
  }

  /** A person's window: no cookies, no history. */
  async visit(options: BrowserContextOptions = {}): Promise<Visit> {
    const context = await this.browser.newContext({ locale: 'en-GB', ...options });
    return new Visit(context, await context.newPage());
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

/** One window, its popups, and everything that went wrong in them. */
export class Visit {
  /** Console errors (blocked content is one of them) and exceptions of scripts, with the page they happened on. */
  readonly problems: string[] = [];
  private readonly origins = new Set<string>();

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.problems.push(`${message.location().url}: ${message.text()}`);
    });
    context.on('weberror', (error) => this.problems.push(`${error.page()?.url()}: ${error.error().message}`));
    context.on('request', (request) => {
      const { protocol, origin } = new URL(request.url());
      if (protocol !== 'data:' && protocol !== 'blob:') this.origins.add(origin);
    });
  }

  /** Where requests went, sorted. */
  requestedOrigins(): string[] {
    return [...this.origins].sort();
  }

  /** Keeps a picture of what is shown. @param name of the file, without ending */
  async picture(name: string, page = this.page): Promise<void> {
    mkdirSync(ARTIFACTS, { recursive: true });
    await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), animations: 'disabled' });
  }

  close(): Promise<void> {
    return this.context.close();
  }
}
