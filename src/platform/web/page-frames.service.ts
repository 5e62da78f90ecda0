import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { readLocales } from '../../protocol/authorization/prompt.js';
import { SentParameters } from '../../protocol/parameters/form.js';
import { Config } from '../config/config.js';
import { EhrClock } from '../ehr/ehr-clock.js';
import { Globals, GlobalSettings } from '../ehr/global-settings.js';
import { chooseLanguage } from '../i18n/choose-language.js';
import { Words } from '../i18n/words.js';
import { BrandingService } from './branding.service.js';
import { CookieJar } from './cookie-jar.js';
import { LANGUAGE_COOKIE, readChoice, withoutLanguage } from './language-choice.js';
import type { PageFrame } from './page-frame.js';
import { underWebRoot } from './web-root.js';

/** What a page knows beyond its HTTP request. */
export interface FrameWishes {
  /** The authorization request that the page belongs to: its `ui_locales` count until the person switches. OIDC Core §3.1.2.1 */
  readonly waiting?: { readonly uiLocales: readonly string[]; readonly since: Date };
  /** Path and query that show the page again; null when none do. Otherwise the address of the request. */
  readonly here?: string | null;
}

const NO_GLOBALS = new Globals({});

/** Frames pages: whose they are, and which language they speak. */
@Injectable()
export class PageFrames {
  constructor(
    private readonly branding: BrandingService,
    private readonly settings: GlobalSettings,
    private readonly ehrClock: EhrClock,
    private readonly cookies: CookieJar,
    private readonly config: Config,
  ) {}

  /** The frame of a page that answers this request. */
  async of(request: FastifyRequest, wishes: FrameWishes = {}): Promise<PageFrame> {
    const globals = await this.settings.read();
    return this.frame(request, wishes, globals, await this.ehrClock.zone());
  }

  /** The same, and never fails: the database may be what the error is about. */
  async forErrors(request: FastifyRequest, wishes: FrameWishes = {}): Promise<PageFrame> {
    return this.of(request, wishes).catch(() => this.frame(request, wishes, NO_GLOBALS, 'UTC'));
  }

  /** The same without a look into the database, which is what the error is about. */
  lastKnown(request: FastifyRequest): PageFrame {
    return this.frame(request, {}, this.settings.latest ?? NO_GLOBALS, 'UTC');
  }

  private frame(request: FastifyRequest, wishes: FrameWishes, globals: Globals, timeZone: string): PageFrame {
    const language = chooseLanguage({ ...this.explicit(request, wishes), ...implicit(request, globals) });
    return {
      branding: this.branding.of(globals),
      words: new Words(language, timeZone),
      expiry: null,
      here: wishes.here === undefined ? this.addressOf(request) : wishes.here,
    };
  }

  /** A form is not sent again: what it led to is asked for at its address. */
  private addressOf({ method, raw }: FastifyRequest): string | null {
    const url = underWebRoot(raw.url ?? '/', this.config);
    return withoutLanguage(method === 'POST' ? url.replace(/\?.*$/s, '') : url);
  }

  /** Whoever used the switcher after the app had asked meant it. */
  private explicit(request: FastifyRequest, { waiting }: FrameWishes): { uiLocales: readonly string[]; chosen: string | null } {
    const choice = readChoice(this.cookies.find(request, LANGUAGE_COOKIE));
    const isOverruled = waiting !== undefined && choice !== null && choice.at >= waiting.since;
    return { uiLocales: isOverruled ? [] : (waiting?.uiLocales ?? sentLocales(request)), chosen: choice?.tag ?? null };
  }
}

function implicit(request: FastifyRequest, globals: Globals): { acceptLanguage: string | undefined; ehrDefault: string } {
  return { acceptLanguage: request.headers['accept-language'], ehrDefault: globals.text('language_default') };
}

/** `ui_locales` of an authorization or logout request that goes no further than its first page. */
function sentLocales(request: FastifyRequest): readonly string[] {
  const inQuery = new URL(request.raw.url ?? '/', 'http://host').searchParams.get('ui_locales');
  const inForm = request.body instanceof SentParameters ? request.body.all('ui_locales')[0] : undefined;
  return readLocales(inForm ?? inQuery ?? undefined);
}
