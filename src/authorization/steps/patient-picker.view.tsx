import type { VNode } from 'preact';
import { PatientLine } from '../../patients/patient-line.view.js';
import type { PatientRow } from '../../patients/patient-row.js';
import type { Words } from '../../platform/i18n/words.js';
import { ErrorSummary, PostForm, TextField } from '../../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { Name } from '../../platform/web/name.view.js';
import type { RequestingApp } from '../../platform/web/requesting-app.view.js';

/** Name of the field of the search form, and of its parameter. */
export const SEARCH_FIELD = 'search';

/** What the page shows below the search: whom the person chose before, what was found, or why nothing was. */
export type PickerOutcome =
  | { kind: 'recent'; patients: readonly PatientRow[] }
  | { kind: 'found'; patients: readonly PatientRow[]; hasMore: boolean }
  | { kind: 'too-short' }
  | { kind: 'gone' };

/**
 * Where a member of staff says whose record an app may open. The search form asks for this page again with `search`; the other one posts
 * `patient` and the CSRF token, or `cancel`.
 */
export interface PatientPickerModel extends PageModel {
  csrfToken: string;
  action: string;
  app: RequestingApp;
  person: { displayName: string };
  /** As it was searched for; empty when nothing was. */
  search: string;
  outcome: PickerOutcome;
}

/** The page on which staff choose a patient. @see SMART App Launch 2.2, "Launch App: Standalone Launch" */
export function PatientPickerPage({ frame, csrfToken, action, app, person, search, outcome }: PatientPickerModel): VNode {
  const { words } = frame;
  return (
    <Layout title={words.say('patientChoice.title')} frame={frame} width="wide">
      <h1>{words.say('patientChoice.title')}</h1>
      <p>
        {words.show('patientChoice.app', {
          app: (
            <strong>
              <Name of={app.name} />
            </strong>
          ),
          host: (
            <bdi class="host" dir="ltr">
              {app.redirectHost}
            </bdi>
          ),
        })}
      </p>
      <p class="person">{words.show('common.person', { person: <Name of={person.displayName} /> })}</p>
      <Refusal outcome={outcome} words={words} />
      <SearchForm action={action} search={search} outcome={outcome} words={words} />
      <PostForm action={action} csrfToken={csrfToken}>
        <Results outcome={outcome} words={words} />
        <div class="actions">
          <button type="submit" class="button button-quiet" name="cancel" value="1">
            {words.say('common.cancel')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}

interface PartModel {
  outcome: PickerOutcome;
  words: Words;
}

function Refusal({ outcome, words }: PartModel): VNode | null {
  if (outcome.kind === 'too-short') {
    return <ErrorSummary title={words.say('patientChoice.tooShort')}>{words.say('patientChoice.tooShortAdvice')}</ErrorSummary>;
  }
  if (outcome.kind !== 'gone') return null;
  return <ErrorSummary title={words.say('patientChoice.gone')}>{words.say('patientChoice.goneAdvice')}</ErrorSummary>;
}

/** Keeps what was typed, so that it can be changed when it found nobody. */
function SearchForm({ action, search, outcome, words }: PartModel & Pick<PatientPickerModel, 'action' | 'search'>): VNode {
  return (
    <form method="get" action={action} role="search" class="form patient-search">
      <TextField
        name={SEARCH_FIELD}
        label={words.say('patientChoice.search')}
        hint={words.say('patientChoice.searchHint')}
        inDoubt={outcome.kind === 'too-short'}
        input={{
          type: 'search',
          value: search,
          maxlength: 100,
          autocomplete: 'off',
          spellcheck: false,
          required: true,
          autofocus: outcome.kind === 'recent',
        }}
      />
      <button type="submit" class="button button-primary">
        {words.say('patientChoice.submit')}
      </button>
    </form>
  );
}

/** What was found is said in a heading that takes the focus: the list follows at the next Tab. @see WCAG 2.2 §2.4.3, §4.1.3 */
function Results({ outcome, words }: PartModel): VNode | null {
  if (outcome.kind === 'recent') {
    return outcome.patients.length === 0 ? null : (
      <section aria-labelledby="results" class="patient-results">
        <h2 id="results">{words.say('patientChoice.recent')}</h2>
        <Patients patients={outcome.patients} words={words} />
      </section>
    );
  }
  if (outcome.kind !== 'found') return null;
  const { patients } = outcome;
  return (
    <section aria-labelledby="results" class="patient-results">
      <h2 id="results" tabindex={-1} autofocus>
        {summaryOf(outcome, words)}
      </h2>
      {patients.length === 0 ? <p>{words.say('patientChoice.noneAdvice')}</p> : <Patients patients={patients} words={words} />}
    </section>
  );
}

function summaryOf({ patients, hasMore }: { patients: readonly PatientRow[]; hasMore: boolean }, words: Words): string {
  if (patients.length === 0) return words.say('patientChoice.none');
  if (hasMore) return words.say('patientChoice.more', { most: patients.length });
  return words.say('patientChoice.found', { count: patients.length });
}

/** Each patient is one button, named by the name and what confirms it. */
function Patients({ patients, words }: { patients: readonly PatientRow[]; words: Words }): VNode {
  return (
    <ul class="patients">
      {patients.map((patient) => (
        <li key={patient.patientNumber}>
          <button type="submit" class="patient" name="patient" value={patient.patientNumber}>
            <PatientLine of={patient} words={words} />
          </button>
        </li>
      ))}
    </ul>
  );
}
