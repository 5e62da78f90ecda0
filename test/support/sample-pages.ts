import type { VNode } from 'preact';
import { StartAtAppPage } from '../../src/authorization/steps/start-at-app.view.js';
import { SignedOutPage } from '../../src/logout/signed-out.view.js';
import { HomePage } from '../../src/platform/web/home.view.js';
import type { PageFrame } from '../../src/platform/web/page-frame.js';

/**
 * Every page of this server in every state that looks different, by `NameOfTheView state`. Whoever adds a page adds it here: tests look at
 * each for text that is in no catalogue, and in a browser for what people cannot see, reach or read.
 * No value has a plain Latin letter, so that those which are found belong to the view.
 */
export const SAMPLE_PAGES: Readonly<Record<string, (frame: PageFrame) => VNode>> = {
  HomePage: (frame) => HomePage({ frame, links: { account: '/account', swagger: '/swagger', discovery: '/d' } }),
  StartAtAppPage: (frame) => StartAtAppPage({ frame }),
  'SignedOutPage signed out': (frame) => SignedOutPage({ frame, outcome: 'signedOut', homeHref: '/' }),
  'SignedOutPage stayed': (frame) => SignedOutPage({ frame, outcome: 'stayed', homeHref: '/' }),
};

/** Whose pages the samples are. */
export const SAMPLE_BRANDING = { clinicName: 'Клиника «Река»', testData: true };
