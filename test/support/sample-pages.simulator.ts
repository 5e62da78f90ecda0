import type { VNode } from 'preact';
import { LaunchSimulatorPage, type LaunchSimulatorModel } from '../../src/launch-simulator/launch-simulator.view.js';
import { OtherAppPage } from '../../src/launch-simulator/made-launch.view.js';
import { LaunchAnswerPage, SimulatedLaunchPage } from '../../src/launch-simulator/simulated-launch.view.js';
import { emptyForm } from '../../src/launch-simulator/simulator-form.js';
import type { PageFrame } from '../../src/platform/web/page-frame.js';

type Sample = (frame: PageFrame) => VNode;

const form = { csrfToken: '1', action: '/here' };
const patients = [
  { patientNumber: 1, name: 'Ада Морено', birthDate: '1980-02-29', recordNumber: '17', sex: '♀' },
  { patientNumber: 2, name: 'Пия', birthDate: null, recordNumber: '2', sex: '' },
];

const choose =
  (changes: Partial<LaunchSimulatorModel> = {}, outcome: LaunchSimulatorModel['choices']['outcome'] = null): Sample =>
  (frame) =>
    LaunchSimulatorPage({
      ...{ frame, ...form, address: '/launch', refusal: null, form: { ...emptyForm({ user: '1', patient: '1' }), app: '9', scope: '9' } },
      choices: {
        ...{ apps: [{ clientId: '9', name: 'Апп', isBuiltIn: true }], hasMoreApps: false, logins: ['1'], patients, outcome },
      },
      ...changes,
    });
const started = { metadataHref: '/k', againHref: '/1', app: 'Апп' };
const made = { app: 'Апп', person: 'Ада', request: '1', answer: '2' };
const request = { client_id: '1', redirect_uri: '/2', scope: '3', aud: '4', pkce: true };
const other = { ...started, clientId: '9', fhirBase: '/9' };

/** The pages of the launch simulator, as `SAMPLE_PAGES`. */
export const SIMULATOR_PAGES: Readonly<Record<string, Sample>> = {
  LaunchSimulatorPage: choose(),
  'LaunchSimulatorPage refused': choose(
    { refusal: 'noLaunch', form: { ...emptyForm({ user: '1', patient: '' }), app: '8', scope: '9' } },
    { kind: 'none' },
  ),
  'LaunchSimulatorPage found': choose({}, { kind: 'found', count: 2 }),
  SimulatedLaunchPage: (frame) => SimulatedLaunchPage({ ...started, frame, made, request }),
  LaunchAnswerPage: (frame) => LaunchAnswerPage({ ...started, frame, userinfoHref: '/u' }),
  OtherAppPage: (frame) => OtherAppPage({ ...other, frame, made, launchHref: 'https://app.example/1' }),
  'OtherAppPage on its own': (frame) => OtherAppPage({ ...other, frame, made: null, launchHref: null }),
};
