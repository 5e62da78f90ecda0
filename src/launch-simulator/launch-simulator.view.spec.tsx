import { renderPage } from '../platform/web/render-page.js';
import { frameIn } from '../../test/support/page-frames.js';
import { type LaunchSimulatorModel, LaunchSimulatorPage } from './launch-simulator.view.js';
import { emptyForm } from './simulator-form.js';

const phil = { patientNumber: 1, name: 'Phil <b>Patient', birthDate: '1980-02-29', recordNumber: 'A-1', sex: 'Male' };
const apps = [
  { clientId: 'built-in', name: 'Simulated', isBuiltIn: true },
  { clientId: 'other', name: 'Other <i>app', isBuiltIn: false },
];

const page = (changes: Partial<LaunchSimulatorModel> = {}): string =>
  renderPage(
    LaunchSimulatorPage({
      ...{ frame: frameIn('en'), csrfToken: 'token', action: '/launch', address: 'https://id.example/launch', refusal: null },
      form: { ...emptyForm({ user: 'ada"', patient: '1' }), app: 'other' },
      choices: { apps, hasMoreApps: false, logins: ['clinician'], patients: [phil], outcome: null },
      ...changes,
    }),
  );

describe('LaunchSimulatorPage', () => {
  it('keeps what was chosen, and shows names as text', () => {
    const html = page();
    expect(html).toMatch(/<option value="other" selected[^>]*>Other &lt;i>app<\/option>/);
    expect(html).toMatch(/<input type="radio" name="patient" value="1" checked/);
    expect(html).toMatch(/<input type="radio" name="kind" value="chart" checked/);
    expect(html).toContain('Phil &lt;b>Patient');
    expect(html).toContain('value="ada&quot;"');
  });

  it('asks for a client_id where the list does not have every app', () => {
    expect(page()).not.toContain('name="other_app"');
    expect(page({ form: { ...emptyForm({ user: '', patient: '' }), app: 'third' } })).toMatch(/name="other_app"[^>]*value="third"/);
    expect(page({ choices: { apps, hasMoreApps: true, logins: [], patients: [], outcome: null } })).toMatch(/name="other_app"[^>]*value/);
  });

  it.each([
    [{ kind: 'found', count: 1 }, '1 patient found'],
    [{ kind: 'more', count: 50 }, 'More than 50 patients fit.'],
    [{ kind: 'none' }, 'No patient found.'],
    [{ kind: 'too-short' }, 'That is too short to search for.'],
  ] as const)('says what became of a search: %j', (outcome, said) => {
    const choices = { apps, hasMoreApps: false, logins: [], patients: [phil], outcome };
    expect(page({ choices })).toContain(`<p role="status">${said}`);
  });

  it('says why nothing was started', () => {
    expect(page({ refusal: 'noPerson' })).toMatch(/role="alert"[\s\S]*Nobody with this login name can sign in/);
  });
});
