import { frameIn } from '../../../test/support/page-frames.js';
import { renderPage } from '../../platform/web/render-page.js';
import type { PatientRow } from '../../patients/patient-row.js';
import { PatientPickerPage, type PatientPickerModel } from './patient-picker.view.js';

const phil: PatientRow = { patientNumber: 1, name: 'Phil <b>Patient', birthDate: '1980-02-29', recordNumber: 'A-1', sex: 'Male' };
const model: PatientPickerModel = {
  frame: frameIn('en'),
  csrfToken: 'csrf-1',
  action: '/oauth2/default/patient/x',
  app: { name: 'Growth chart', redirectHost: 'app.example' },
  person: { displayName: 'Clara Clinician' },
  search: '',
  outcome: { kind: 'recent', patients: [phil] },
};
const page = (changes: Partial<PatientPickerModel> = {}): string => renderPage(<PatientPickerPage {...model} {...changes} />);
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, '').replaceAll(/\s+/g, ' ');

describe('PatientPickerPage', () => {
  it('names who asks, and each patient with what confirms it', () => {
    const html = page();
    expect(textOf(html)).toContain('Growth chart at app.example wants to open the record of one patient.');
    expect(textOf(/<button[^>]*name="patient" value="1".*?<\/button>/s.exec(html)?.[0] ?? '')).toBe(
      'Phil &lt;b>Patient Born February 29, 1980 Record number A-1 Male',
    );
    expect(textOf(page({ outcome: { kind: 'recent', patients: [{ ...phil, birthDate: null }] } }))).toContain('Birth date not known');
  });

  it('searches by GET, so that nothing but the page is asked for, and chooses by POST with the CSRF token', () => {
    const html = page({ search: 'pat "x"' });
    const [search = '', choice = ''] = html.match(/<form\b.*?<\/form>/gs) ?? [];
    expect(search).toMatch(/^<form method="get" action="\/oauth2\/default\/patient\/x" role="search"/);
    expect(search).toContain('value="pat &quot;x&quot;"');
    expect(search).not.toContain('csrf');
    expect(choice).toMatch(/^<form method="post" action="\/oauth2\/default\/patient\/x"/);
    expect(choice).toContain('name="csrf_token" value="csrf-1"');
    expect(choice).toContain('name="cancel" value="1"');
  });

  it.each<[string, Partial<PatientPickerModel>, string]>([
    ['the search field at first', {}, 'name="search"'],
    ['the summary of what was found', { outcome: { kind: 'found', patients: [phil], hasMore: false } }, 'id="results"'],
    ['the summary when nobody was', { outcome: { kind: 'found', patients: [], hasMore: false } }, 'id="results"'],
    ['the reason why nothing was searched', { outcome: { kind: 'too-short' } }, 'id="error-summary"'],
    ['the reason why a choice was not taken', { outcome: { kind: 'gone' } }, 'id="error-summary"'],
  ])('gives the focus to %s', (_what, changes, attribute) => {
    const focused = [...page(changes).matchAll(/<\w+[^>]*\bautofocus\b[^>]*>/g)].map(([tag]) => tag);
    expect(focused).toEqual([expect.stringContaining(attribute)]);
  });

  it.each<[PatientRow[], boolean, string]>([
    [[phil], false, '1 patient found'],
    [[phil, { ...phil, patientNumber: 2 }], false, '2 patients found'],
    [[phil, { ...phil, patientNumber: 2 }], true, 'More than 2 patients fit. Add a birth date or a number to see fewer.'],
    [[], false, 'No patient found'],
  ])('sums up what was found: %#', (patients, hasMore, summary) => {
    expect(page({ outcome: { kind: 'found', patients, hasMore } })).toContain(`${summary}</h2>`);
  });
});
