import type { VNode } from 'preact';
import { PatientPickerPage, type PickerOutcome } from '../../src/authorization/steps/patient-picker.view.js';
import { StartAtAppPage } from '../../src/authorization/steps/start-at-app.view.js';
import { SignedOutPage } from '../../src/logout/signed-out.view.js';
import { HomePage } from '../../src/platform/web/home.view.js';
import type { PageFrame } from '../../src/platform/web/page-frame.js';

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
export const SAMPLE_PAGES: Readonly<Record<string, (frame: PageFrame) => VNode>> = {
  HomePage: (frame) => HomePage({ frame, links: { account: '/account', swagger: '/swagger', discovery: '/d' } }),
  PatientPickerPage: picker({ kind: 'recent', patients: PATIENTS }),
  'PatientPickerPage for the first time': picker({ kind: 'recent', patients: [] }),
  'PatientPickerPage found': picker({ kind: 'found', patients: PATIENTS, hasMore: false }, 'ад'),
  'PatientPickerPage found too many': picker({ kind: 'found', patients: PATIENTS, hasMore: true }, 'ад'),
  'PatientPickerPage found nobody': picker({ kind: 'found', patients: [], hasMore: false }, 'яя'),
  'PatientPickerPage too short': picker({ kind: 'too-short' }, 'я'),
  'PatientPickerPage gone': picker({ kind: 'gone' }),
  StartAtAppPage: (frame) => StartAtAppPage({ frame }),
  'SignedOutPage signed out': (frame) => SignedOutPage({ frame, outcome: 'signedOut', homeHref: '/' }),
  'SignedOutPage stayed': (frame) => SignedOutPage({ frame, outcome: 'stayed', homeHref: '/' }),
};

/** Whose pages the samples are. */
export const SAMPLE_BRANDING = { clinicName: 'Клиника «Река»', testData: true };
