import type { VNode } from 'preact';
import { AppSetupPage, FactorsPage, KeyPage, KeySetupPage } from '../../src/account/factors/factors.view.js';
import { EnrolPage } from '../../src/authorization/steps/enrol.view.js';
import { AppsPage } from '../../src/account/apps.view.js';
import { ConfirmationPage } from '../../src/account/confirmation.view.js';
import { HistoryPage } from '../../src/account/history.view.js';
import { OverviewPage } from '../../src/account/overview.view.js';
import { PasswordElsewherePage, PasswordPage } from '../../src/account/password.view.js';
import { SessionsPage } from '../../src/account/sessions.view.js';
import { ExpiredPasswordPage } from '../../src/authorization/steps/expired-password.view.js';
import { AlreadyAnsweredPage } from '../../src/authorization/steps/already-answered.view.js';
import { AwaitingApprovalPage } from '../../src/authorization/steps/awaiting-approval.view.js';
import type { ChosenPatientModel } from '../../src/authorization/steps/chosen-patient.view.js';
import { ConsentPage } from '../../src/authorization/steps/consent.view.js';
import { describeScopes } from '../../src/consents/scope-sentences.js';
import { ExpiredPage } from '../../src/authorization/steps/expired.view.js';
import { PatientPickerPage, type PickerOutcome } from '../../src/authorization/steps/patient-picker.view.js';
import { StartAtAppPage } from '../../src/authorization/steps/start-at-app.view.js';
import { LogoutPage } from '../../src/logout/logout.view.js';
import { SignedOutPage } from '../../src/logout/signed-out.view.js';
import { errorPage } from '../../src/platform/web/error-page.js';
import { FormPostPage } from '../../src/platform/web/form-post.view.js';
import { HomePage } from '../../src/platform/web/home.view.js';
import { SIGN_IN_OUTCOMES } from '../../src/sessions/sign-in-record.entity.js';
import type { PageFrame } from '../../src/platform/web/page-frame.js';
import type { OAuthErrorCode } from '../../src/protocol/errors/oauth-error.js';
import { ChooseAccountPage } from '../../src/sign-in/choose-account.view.js';
import { RecoveryCodesPage } from '../../src/sign-in/factor-setup.view.js';
import { PasskeyRefusedPage } from '../../src/sign-in/passkey-sign-in.view.js';
import { SecondFactorPage } from '../../src/sign-in/second-factor.view.js';
import { SignInPage, type SignInModel } from '../../src/sign-in/sign-in.view.js';
import { SIMULATOR_PAGES } from './sample-pages.simulator.js';

type Sample = (frame: PageFrame) => VNode;

/** Whose pages the samples are. */
export const SAMPLE_BRANDING = { clinicName: 'Клиника «Река»', testData: true, helpText: '☎ 555-0100' };

const app = { name: 'Приложение', redirectHost: 'app.example' };
const person = { displayName: 'Ада Морено' };
const form = { csrfToken: '1', action: '/here' };
const DAY = new Date('2027-02-24T12:00:00Z');

const SCOPES = [
  ...['openid', 'profile', 'email', 'fhirUser', 'launch/patient', 'api:fhir', 'site:9', 'offline_access'],
  ...['patient/Patient.read', 'patient/Patient.rs', 'user/Observation.cruds', 'user/Practitioner.s', 'system/*.$export'],
  ...['patient/Observation.rs?category=x|vital-signs', 'patient/Goal.rs?9=8', 'user/insurance.$swap-insurance', '9'],
];

const signIn =
  (changes: Partial<SignInModel> = {}): Sample =>
  (frame) =>
    SignInPage({ frame, ...form, app, roles: ['users', 'patient'], selectedRole: 'users', emailNeeded: true, failed: false, ...changes });

const consent =
  (scopes: readonly string[], allowedBefore: readonly string[] | null, patient?: ChosenPatientModel): Sample =>
  (frame) =>
    ConsentPage({
      frame,
      ...form,
      app: { ...app, policyUri: 'https://app.example/p', tosUri: 'https://app.example/t' },
      person,
      otherAccountHref: '/here',
      groups: describeScopes(scopes, frame.words),
      offline: { requested: true, until: DAY },
      allowedBefore,
      rememberOffered: true,
      reduced: [
        { scope: 'patient/*.rs', outcome: 'narrowed', to: ['patient/Patient.rs'], reason: 'not-registered' },
        { scope: 'launch/encounter', outcome: 'refused', reason: 'not-provided' },
      ],
      ...(patient && { patient }),
    });

const error =
  (code: OAuthErrorCode, status = 400): Sample =>
  (frame) =>
    errorPage({ code, description: '⁂', status, referenceId: '1' }, frame);

const secondFactor = { ...form, app, person, isStepUp: false, rememberDays: 0, failed: null };
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

const MOMENT = new Date('2026-03-01T12:00:00Z');
const PERSON = { displayName: 'Ада' };
const APP = {
  ...{ name: 'Апп', href: '/1', since: MOMENT, lastUsed: MOMENT, until: MOMENT, isRemembered: true },
  groups: [{ name: 'identity' as const, lines: [{ scope: '1', sentence: '…', fixed: false }] }],
};
const SESSION = { sid: '1', userAgent: null, address: '::1', authTime: MOMENT, lastSeenAt: MOMENT, href: null };
const NEW_PASSWORD = {
  ...{ action: '/1', csrfToken: '1', username: '1', offersRevocation: true },
  rules: { minimum: 9, maximum: 72, needsKinds: true, remembered: 5 },
};
const OUTCOMES = SIGN_IN_OUTCOMES.map((outcome, at) => ({
  ...{
    id: String(at),
    happenedAt: MOMENT,
    outcome,
    amr: at === 0 ? [] : ['pwd'],
    app: at === 0 ? 'Апп' : null,
    userAgent: null,
    address: null,
  },
}));
const REFUSALS = [
  'wrong-current',
  'locked',
  'too-short',
  'too-long',
  'too-simple',
  'unusable',
  'used-before',
  'different',
  'overtaken',
  'directory',
] as const;

const PATIENTS = [
  { patientNumber: 1, name: 'Ада Морено', birthDate: '1980-02-29', recordNumber: '17', sex: '♀' },
  { patientNumber: 2, name: 'Пия', birthDate: null, recordNumber: '2', sex: '' },
];

const picker =
  (outcome: PickerOutcome, search = ''): ((frame: PageFrame) => VNode) =>
  (frame) =>
    PatientPickerPage({
      frame,
      csrfToken: '1',
      action: '/here',
      app: { name: 'Приложение', redirectHost: 'app.example' },
      person: { displayName: 'Клара' },
      search,
      outcome,
    });

/**
 * Every page of this server in every state that looks different, by `NameOfTheView state`. Whoever adds a page adds it here: tests look at
 * each for text that is in no catalogue, and in a browser for what people cannot see, reach or read.
 * No value has a plain Latin letter, so that those which are found belong to the view.
 */
export const SAMPLE_PAGES: Readonly<Record<string, Sample>> = {
  OverviewPage: (frame) => OverviewPage({ frame, person: PERSON, graceUntil: MOMENT, passwordChanged: false, signOutHref: '/1' }),
  'OverviewPage changed': (frame) => OverviewPage({ frame, person: PERSON, graceUntil: null, passwordChanged: true, signOutHref: '/1' }),
  AppsPage: (frame) => AppsPage({ frame, apps: [APP, { ...APP, href: '/2', until: null }], revoked: true, revokeAllHref: '/3' }),
  'AppsPage empty': (frame) => AppsPage({ frame, apps: [], revoked: false, revokeAllHref: '/3' }),
  SessionsPage: (frame) =>
    SessionsPage({ frame, sessions: [SESSION, { ...SESSION, sid: '2', href: '/2' }], now: MOMENT, ended: true, endAllHref: '/3' }),
  'SessionsPage alone': (frame) => SessionsPage({ frame, sessions: [SESSION], now: MOMENT, ended: false, endAllHref: '/3' }),
  HistoryPage: (frame) => HistoryPage({ frame, signIns: OUTCOMES }),
  'HistoryPage empty': (frame) => HistoryPage({ frame, signIns: [] }),
  ConfirmationPage: (frame) =>
    ConfirmationPage({ frame, section: 'apps', title: '1', effect: '2', confirm: '3', action: '/4', csrfToken: '5' }),
  PasswordPage: (frame) => PasswordPage({ ...NEW_PASSWORD, frame, refusals: [] }),
  'PasswordPage refused': (frame) => PasswordPage({ ...NEW_PASSWORD, frame, refusals: REFUSALS }),
  PasswordElsewherePage: (frame) => PasswordElsewherePage({ frame }),
  ExpiredPasswordPage: (frame) => ExpiredPasswordPage({ ...NEW_PASSWORD, frame, person: PERSON, refusals: [] }),
  HomePage: (frame) => HomePage({ frame, links: { account: '/account', swagger: '/swagger', launch: '/l', discovery: '/d' } }),
  PatientPickerPage: picker({ kind: 'recent', patients: PATIENTS }),
  'PatientPickerPage for the first time': picker({ kind: 'recent', patients: [] }),
  'PatientPickerPage found': picker({ kind: 'found', patients: PATIENTS, hasMore: false }, 'ад'),
  'PatientPickerPage found too many': picker({ kind: 'found', patients: PATIENTS, hasMore: true }, 'ад'),
  'PatientPickerPage found nobody': picker({ kind: 'found', patients: [], hasMore: false }, 'яя'),
  'PatientPickerPage too short': picker({ kind: 'too-short' }, 'я'),
  'PatientPickerPage gone': picker({ kind: 'gone' }),
  SignInPage: signIn(),
  'SignInPage with passkey': signIn({ passkey: { action: '/here', options: '/k' } }),
  'SignInPage refused': signIn({ failed: true, username: '1' }),
  'SignInPage expired, one role': signIn({ expired: true, roles: ['patient'], selectedRole: 'patient' }),
  ChooseAccountPage: (frame) => ChooseAccountPage({ frame, ...form, app, person, otherAccountHref: '/here' }),
  ExpiredPage: (frame) => ExpiredPage({ frame, ...form }),
  ConsentPage: consent(SCOPES, null),
  'ConsentPage with news': consent(SCOPES, ['openid', 'profile']),
  'ConsentPage without scopes': consent([], null),
  'ConsentPage about a patient': consent(SCOPES, null, { displayName: 'Пия', uuid: '1', changeHref: '/here' }),
  AwaitingApprovalPage: (frame) => AwaitingApprovalPage({ frame, app, clientId: '1', referenceId: '2' }),
  AlreadyAnsweredPage: (frame) => AlreadyAnsweredPage({ frame, app }),
  StartAtAppPage: (frame) => StartAtAppPage({ frame }),
  FormPostPage: (frame) => FormPostPage({ frame, action: 'https://app.example/', appName: app.name, fields: { code: '1' } }),
  ...SIMULATOR_PAGES,
  LogoutPage: (frame) => LogoutPage({ frame, ...form, app: null, person }),
  'LogoutPage for an app': (frame) => LogoutPage({ frame, ...form, app, person: null }),
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
  'ErrorPage general': error('invalid_request'),
  'ErrorPage unknown app': error('invalid_client'),
  'ErrorPage unapproved': error('unauthorized_client'),
  'ErrorPage denied': error('access_denied', 403),
  'ErrorPage fault': error('server_error', 500),
  'ErrorPage busy': error('temporarily_unavailable', 503),
  'ErrorPage too many': error('temporarily_unavailable', 429),
  'ErrorPage not found': error('invalid_request', 404),
  'ErrorPage switched off': error('temporarily_unavailable', 404),
};
