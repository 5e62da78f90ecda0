import type { VNode } from 'preact';
import { PatientLine } from '../patients/patient-line.view.js';
import type { Words } from '../platform/i18n/words.js';
import { ErrorSummary, PostForm, TextField } from '../platform/web/form-parts.view.js';
import type { PageModel } from '../platform/web/layout.view.js';
import type { LaunchRefusal } from './simulated-launches.service.js';
import type { SearchOutcome, SimulatorChoices } from './simulator-choices.service.js';
import { KIND_SCOPES, LAUNCH_KINDS, type SimulatorForm } from './simulator-form.js';
import { SimulatorLayout } from './simulator-layout.view.js';

/** Name of the button that looks for patients. */
export const SEARCH_BUTTON = 'find';
const USER_LIST = 'logins';

/** `address` is where the page must be opened so that the answers to its app come back to it; `refusal` says why nothing was started. */
export interface LaunchSimulatorModel extends PageModel {
  csrfToken: string;
  action: string;
  address: string;
  form: SimulatorForm;
  choices: SimulatorChoices;
  refusal: LaunchRefusal | null;
}

/** Where somebody chooses what is started, how, by whom and for whom. */
export function LaunchSimulatorPage(model: LaunchSimulatorModel): VNode {
  const { frame, csrfToken, action, address, refusal } = model;
  const { words } = frame;
  return (
    <SimulatorLayout title={words.say('launchSimulator.title')} frame={frame} isPlayed>
      <div class="form launch" data-launch="choose" data-address={address}>
        <h1>{words.say('launchSimulator.title')}</h1>
        <p class="lead">{words.say('launchSimulator.lead')}</p>
        {refusal !== null && (
          <ErrorSummary title={words.say('launchSimulator.refused')}>
            {refusal === 'noLaunch'
              ? words.show('launchSimulator.noLaunch', { scope: <code>{KIND_SCOPES.chart}</code> })
              : words.say(`launchSimulator.${refusal}`)}
          </ErrorSummary>
        )}
        <PostForm action={action} csrfToken={csrfToken}>
          <Kinds {...model} />
          <Apps {...model} />
          <User {...model} />
          <Patients {...model} />
          <Request {...model} />
          <div class="actions">
            <button type="submit" class="button button-primary">
              {words.say('launchSimulator.start')}
            </button>
          </div>
        </PostForm>
      </div>
    </SimulatorLayout>
  );
}

function Kinds({ frame: { words }, form }: LaunchSimulatorModel): VNode {
  return (
    <fieldset class="switch">
      <legend>{words.say('launchSimulator.kind')}</legend>
      <div class="switch-choices">
        {LAUNCH_KINDS.map((kind) => (
          <label key={kind}>
            <input type="radio" name="kind" value={kind} checked={kind === form.kind} />
            <span>{words.say(`launchSimulator.${kind}`)}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Apps({ frame: { words }, form, choices: { apps, hasMoreApps } }: LaunchSimulatorModel): VNode {
  const isListed = apps.some(({ clientId }) => clientId === form.app);
  return (
    <>
      <div class="field">
        <label for="app">{words.say('launchSimulator.app')}</label>
        <p id="app-hint" class="hint">
          {words.say('launchSimulator.appHint')}
        </p>
        <select id="app" name="app" aria-describedby="app-hint">
          {apps.map(({ clientId, name, isBuiltIn }) => (
            <option key={clientId} value={clientId} selected={clientId === form.app} data-built-in={isBuiltIn ? '' : undefined}>
              {isBuiltIn ? words.say('launchSimulator.builtIn', { app: name }) : name}
            </option>
          ))}
        </select>
      </div>
      {(hasMoreApps || !isListed) && (
        <TextField
          name="other_app"
          label={words.say('launchSimulator.otherApp')}
          input={{ value: isListed ? '' : form.app, maxlength: 80, autocomplete: 'off', spellcheck: false }}
        />
      )}
    </>
  );
}

function User({ frame: { words }, form, choices: { logins } }: LaunchSimulatorModel): VNode {
  return (
    <>
      <TextField
        name="user"
        label={words.say('launchSimulator.user')}
        hint={words.say('launchSimulator.userHint')}
        input={{ value: form.user, maxlength: 255, autocomplete: 'off', autocapitalize: 'none', spellcheck: false, list: USER_LIST }}
      />
      <datalist id={USER_LIST}>
        {logins.map((login) => (
          <option key={login} value={login} />
        ))}
      </datalist>
    </>
  );
}

/** What was found is said at once; the search itself is one more button of the form, so that nothing that was chosen is lost by it. */
function Patients({ frame: { words }, form, choices: { patients, outcome } }: LaunchSimulatorModel): VNode {
  return (
    <fieldset class="launch-patients">
      <legend>{words.say('launchSimulator.patients')}</legend>
      <p class="hint">{words.say('launchSimulator.patientsHint')}</p>
      <div class="launch-search">
        <TextField
          name="search"
          label={words.say('patientChoice.search')}
          hint={words.say('patientChoice.searchHint')}
          input={{ type: 'search', value: form.search, maxlength: 100, autocomplete: 'off', spellcheck: false }}
        />
        <button type="submit" name={SEARCH_BUTTON} value="1" class="button button-secondary">
          {words.say('patientChoice.submit')}
        </button>
      </div>
      {outcome !== null && <p role="status">{summaryOf(outcome, words)}</p>}
      <ul class="patients">
        <li>
          <label class="patient">
            <input
              type="radio"
              name="patient"
              value=""
              checked={!patients.some((patient) => String(patient.patientNumber) === form.patient)}
            />
            <span>{words.say('launchSimulator.noPatient')}</span>
          </label>
        </li>
        {patients.map((patient) => (
          <li key={patient.patientNumber}>
            <label class="patient">
              <input type="radio" name="patient" value={patient.patientNumber} checked={String(patient.patientNumber) === form.patient} />
              <span class="launch-patient">
                <PatientLine of={patient} words={words} />
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function summaryOf(outcome: SearchOutcome, words: Words): string {
  switch (outcome.kind) {
    case 'too-short':
      return `${words.say('patientChoice.tooShort')}. ${words.say('patientChoice.tooShortAdvice')}`;
    case 'none':
      return `${words.say('patientChoice.none')}. ${words.say('patientChoice.noneAdvice')}`;
    case 'more':
      return words.say('patientChoice.more', { most: outcome.count });
    default:
      return words.say('patientChoice.found', { count: outcome.count });
  }
}

/** What the built-in app asks for. */
function Request({ frame: { words }, form }: LaunchSimulatorModel): VNode {
  const [chart, patient] = [KIND_SCOPES.chart, KIND_SCOPES.patient];
  return (
    <div class="form built-in-only">
      <div class="field">
        <label for="scope">{words.say('launchSimulator.scope')}</label>
        <p id="scope-hint" class="hint">
          {words.show('launchSimulator.scopeHint', {
            scope: (
              <>
                <code>{chart}</code> / <code>{patient}</code>
              </>
            ),
          })}
        </p>
        <textarea id="scope" name="scope" rows={3} maxlength={4000} spellcheck={false} dir="ltr" aria-describedby="scope-hint">
          {form.scope}
        </textarea>
      </div>
      <label class="check">
        <input type="checkbox" name="pkce" value="1" checked={form.pkce} aria-describedby="pkce-hint" />
        <span>
          {words.say('launchSimulator.pkce')}
          <span id="pkce-hint" class="hint launch-pkce">
            {words.say('launchSimulator.pkceHint')}
          </span>
        </span>
      </label>
    </div>
  );
}
