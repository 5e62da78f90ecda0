import type { VNode } from 'preact';
import { PostForm } from '../../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { ExternalLink, RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';
import { Name, Sentence } from '../../platform/web/sentence.view.js';
import { ChosenPatient, type ChosenPatientModel } from './chosen-patient.view.js';
import type { ScopeGroup, ScopeLine } from './scope-sentences.js';

const text = {
  title: 'Allow access?',
  app: '{app} asks for access. When you decide, you go back to {host}.',
  person: 'Signed in as {person}',
  instruction: 'Untick what the app should not be allowed to do.',
  groups: {
    identity: 'Who you are',
    recordRead: 'See health records',
    recordChange: 'Change health records',
    api: 'Ways to reach the records',
    stayConnected: 'Stay connected',
  },
  always: 'Always part of signing in.',
  until: 'This access ends on {until} at the latest.',
  untilRemoved: 'This access lasts until you or the clinic end it.',
  technical: 'Technical names',
  nothing: 'This app asks for no access beyond knowing that you signed in.',
  remember: 'Do not ask me again for this app',
  rememberHint: 'You are asked again when the app wants more.',
  policy: 'Privacy policy of the app',
  tos: 'Terms of the app',
  deny: 'Do not allow',
  allow: 'Allow',
};

/**
 * Who asks whom for what. `groups` come from `describeScopes`; `offline.until` is a date in words; `rememberOffered` adds the choice to
 * be asked less. The form posts `decision` (`allow` or `deny`), `scope` once per ticked scope, `remember`, and the CSRF token.
 */
export interface ConsentModel extends PageModel {
  csrfToken: string;
  action: string;
  app: RequestingApp & { policyUri?: string; tosUri?: string };
  person: { displayName: string };
  /** Whose record it is about, where a member of staff chose a patient. */
  patient?: ChosenPatientModel;
  groups: readonly ScopeGroup[];
  offline: { requested: boolean; until?: string };
  rememberOffered: boolean;
}

/**
 * The consent page. Refusing comes first in the form, so that a stray Enter key grants nothing; both buttons weigh the same.
 * @see RFC 6749 §10.2; OIDC Core §3.1.2.4
 */
export function ConsentPage(model: ConsentModel): VNode {
  const { frame, app, person, groups } = model;
  return (
    <Layout title={text.title} frame={frame} width="wide">
      <h1>{text.title}</h1>
      <RequestingAppLine app={app} template={text.app} />
      <p class="person">
        <Sentence template={text.person} values={{ person: <Name of={person.displayName} /> }} />
      </p>
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        {model.patient !== undefined && <ChosenPatient patient={model.patient} words={frame.words} />}
        <p>{groups.length === 0 ? text.nothing : text.instruction}</p>
        {groups.map((group) => (
          <Group key={group.name} group={group} offline={model.offline} />
        ))}
        {model.rememberOffered && <Remember />}
        <AppLinks {...app} />
        <div class="actions actions-equal actions-sticky">
          <button type="submit" class="button button-secondary" name="decision" value="deny">
            {text.deny}
          </button>
          <button type="submit" class="button button-primary" name="decision" value="allow">
            {text.allow}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}

function Group({ group, offline }: { group: ScopeGroup; offline: ConsentModel['offline'] }): VNode {
  return (
    <fieldset class={`scopes scopes-${group.name}`}>
      <legend>{text.groups[group.name]}</legend>
      {group.name === 'stayConnected' && offline.requested && (
        <p class="hint">
          {offline.until === undefined ? text.untilRemoved : <Sentence template={text.until} values={{ until: offline.until }} />}
        </p>
      )}
      <ul class="scope-list">
        {group.lines.map((line) => (
          <li key={line.scope}>
            <ScopeChoice line={line} ambiguous={group.lines.some((other) => other !== line && other.sentence === line.sentence)} />
          </li>
        ))}
      </ul>
      <details>
        <summary>{text.technical}</summary>
        <ul class="technical">
          {group.lines.map(({ scope }) => (
            <li key={scope}>
              <code>{scope}</code>
            </li>
          ))}
        </ul>
      </details>
    </fieldset>
  );
}

/**
 * A fixed scope travels in a hidden field, because browsers do not send a disabled box.
 * Two scopes can say the same in two grammars (SMART v1 and v2); then the technical name tells them apart.
 */
function ScopeChoice({ line, ambiguous }: { line: ScopeLine; ambiguous: boolean }): VNode {
  if (line.fixed) {
    return (
      <label class="check check-fixed">
        <input type="hidden" name="scope" value={line.scope} />
        <input type="checkbox" checked disabled />
        <span>
          {line.sentence} <span class="hint">{text.always}</span>
        </span>
      </label>
    );
  }
  return (
    <label class="check">
      <input type="checkbox" name="scope" value={line.scope} checked />
      <span>
        {line.sentence}
        {ambiguous && (
          <>
            {' '}
            <code>{line.scope}</code>
          </>
        )}
      </span>
    </label>
  );
}

function Remember(): VNode {
  return (
    <div class="remember">
      <label class="check">
        <input type="checkbox" name="remember" value="1" aria-describedby="remember-hint" />
        <span>{text.remember}</span>
      </label>
      <p id="remember-hint" class="hint">
        {text.rememberHint}
      </p>
    </div>
  );
}

function AppLinks({ policyUri, tosUri }: ConsentModel['app']): VNode | null {
  if (policyUri === undefined && tosUri === undefined) return null;
  return (
    <ul class="app-links">
      {policyUri !== undefined && (
        <li>
          <ExternalLink href={policyUri} label={text.policy} />
        </li>
      )}
      {tosUri !== undefined && (
        <li>
          <ExternalLink href={tosUri} label={text.tos} />
        </li>
      )}
    </ul>
  );
}
