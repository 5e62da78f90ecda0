import type { VNode } from 'preact';
import { AppSetupPage, FactorsPage, KeyPage, KeySetupPage } from '../../src/account/factors/factors.view.js';
import { EnrolPage } from '../../src/authorization/steps/enrol.view.js';
import { StartAtAppPage } from '../../src/authorization/steps/start-at-app.view.js';
import { SignedOutPage } from '../../src/logout/signed-out.view.js';
import { HomePage } from '../../src/platform/web/home.view.js';
import type { PageFrame } from '../../src/platform/web/page-frame.js';
import { RecoveryCodesPage } from '../../src/sign-in/factor-setup.view.js';
import { PasskeyRefusedPage } from '../../src/sign-in/passkey-sign-in.view.js';
import { SecondFactorPage } from '../../src/sign-in/second-factor.view.js';

const app = { name: 'Приложение', redirectHost: '127.0.0.1' };
const form = { csrfToken: '1', action: '/1' };
const secondFactor = { ...form, app, person: { displayName: 'Анна' }, isStepUp: false, rememberDays: 0, failed: null };
const setup = { link: '/1', secret: '2345672345672345' };
const moment = new Date('2027-02-24T00:00:00Z');
const factors = {
  hasApp: true,
  hasAny: true,
  keys: [
    { id: '1', label: 'Ключ', createdAt: moment, lastUsedAt: moment },
    { id: '2', label: '', createdAt: moment, lastUsedAt: null },
  ],
  codesLeft: 3,
  devices: [{ handle: '1', userAgent: '', lastUsedAt: moment, expiresAt: moment }],
  isOffered: true,
  now: moment,
};
const noFactors = { hasApp: false, hasAny: false, keys: [], codesLeft: 0, devices: [] };
const enrol = {
  ...form,
  keyOptions: '/1',
  appName: app.name,
  wasReset: false,
  until: moment,
  setup,
  failed: null,
};

/**
 * Every page of this server in every state that looks different, by `NameOfTheView state`. Whoever adds a page adds it here: tests look at
 * each for text that is in no catalogue, and in a browser for what people cannot see, reach or read.
 * No value has a plain Latin letter, so that those which are found belong to the view.
 */
export const SAMPLE_PAGES: Readonly<Record<string, (frame: PageFrame) => VNode>> = {
  HomePage: (frame) => HomePage({ frame, links: { account: '/account', swagger: '/swagger', discovery: '/d' } }),
  StartAtAppPage: (frame) => StartAtAppPage({ frame }),
  'SecondFactorPage code': (frame) => SecondFactorPage({ ...secondFactor, frame, hasApp: true, keyOptions: null }),
  'SecondFactorPage code refused': (frame) => SecondFactorPage({ ...secondFactor, frame, hasApp: true, keyOptions: '/k', failed: 'code' }),
  'SecondFactorPage key': (frame) => SecondFactorPage({ ...secondFactor, frame, hasApp: false, keyOptions: '/k', rememberDays: 30 }),
  'SecondFactorPage key refused': (frame) => SecondFactorPage({ ...secondFactor, frame, hasApp: false, keyOptions: '/k', failed: 'key' }),
  'SecondFactorPage step-up': (frame) => SecondFactorPage({ ...secondFactor, frame, hasApp: true, keyOptions: '/k', isStepUp: true }),
  PasskeyRefusedPage: (frame) => PasskeyRefusedPage({ frame, signInHref: '/1' }),
  'EnrolPage advised': (frame) => EnrolPage({ ...enrol, frame, reason: 'advised' }),
  'EnrolPage demanded': (frame) => EnrolPage({ ...enrol, frame, reason: 'demanded', failed: 'code' }),
  'EnrolPage demanded by the app': (frame) => EnrolPage({ ...enrol, frame, reason: 'demandedByApp', failed: 'clock' }),
  'EnrolPage told of a reset': (frame) => EnrolPage({ ...enrol, frame, reason: 'told', wasReset: true, failed: 'gone' }),
  'EnrolPage not offered': (frame) => EnrolPage({ ...enrol, frame, reason: 'demandedByApp', setup: null, failed: 'key' }),
  FactorsPage: (frame) => FactorsPage({ ...factors, frame }),
  'FactorsPage of who has none': (frame) => FactorsPage({ ...factors, ...noFactors, frame }),
  'FactorsPage not offered': (frame) => FactorsPage({ ...factors, ...noFactors, frame, devices: null, isOffered: false }),
  AppSetupPage: (frame) => AppSetupPage({ frame, csrfToken: '1', ...setup, failed: 'clock' }),
  KeySetupPage: (frame) => KeySetupPage({ frame, csrfToken: '1', failed: 'key' }),
  KeyPage: (frame) => KeyPage({ frame, csrfToken: '1', id: '1', label: 'Ключ' }),
  RecoveryCodesPage: (frame) => RecoveryCodesPage({ frame, codes: ['2345', '6789'], continueHref: '/1', clockIsOff: true }),
  'SignedOutPage signed out': (frame) => SignedOutPage({ frame, outcome: 'signedOut', homeHref: '/' }),
  'SignedOutPage stayed': (frame) => SignedOutPage({ frame, outcome: 'stayed', homeHref: '/' }),
};

/** Whose pages the samples are. */
export const SAMPLE_BRANDING = { clinicName: 'Клиника «Река»', testData: true };
