import type { VNode } from 'preact';
import type { Words } from '../../platform/i18n/words.js';
import { PostForm } from '../../platform/web/form-parts.view.js';
import { Layout, type PageModel } from '../../platform/web/layout.view.js';
import { ExternalLink, RequestingAppLine, type RequestingApp } from '../../platform/web/requesting-app.view.js';
import { Name } from '../../platform/web/name.view.js';
import { ChosenPatient, type ChosenPatientModel } from './chosen-patient.view.js';
import { LeftOut, type ReducedScope } from './left-out.view.js';
import { isOpenedBy } from '../../protocol/scope/smart-scope.js';
import type { ScopeGroup, ScopeLine } from '../../consents/scope-sentences.js';

/**
 * Who asks whom for what. `groups` come from `describeScopes`; `offline.until` is when it ends unless it is used; `allowedBefore` holds
 * the scopes that the person has allowed this client already, null when they never did; `rememberOffered` adds the choice to be asked less.
 * The form posts `decision` (`allow` or `deny`), `scope` once per ticked scope, `remember`, and the CSRF token.
 */
export interface ConsentModel extends PageModel {
  csrfToken: string;
  action: string;
  app: RequestingApp & { policyUri?: string; tosUri?: string };
  person: { displayName: string };
  /** Whose record it is about, where a member of staff chose a patient. */
  patient?: ChosenPatientModel;
  /** Where somebody else can sign in. */
  otherAccountHref: string;
  groups: readonly ScopeGroup[];
  offline: { requested: boolean; until?: Date };
  allowedBefore: readonly string[] | null;
  rememberOffered: boolean;
  /** What becomes of the scopes that are not granted as they were asked for. */
  reduced: readonly ReducedScope[];
}

/**
 * The consent page. Refusing comes first in the form, so that a stray Enter key grants nothing; both buttons weigh the same.
 * @see RFC 6749 §10.2; OIDC Core §3.1.2.4
 */
export function ConsentPage(model: ConsentModel): VNode {
  const { frame, app, person, groups, allowedBefore } = model;
  const { words } = frame;
  const isNew = (scope: string): boolean => allowedBefore !== null && !isOpenedBy(allowedBefore, scope);
  const someNew = groups.some(({ lines }) => lines.some(({ scope }) => isNew(scope)));
  return (
    <Layout title={words.say('consent.title')} frame={frame} width="wide">
      <h1>{words.say('consent.title')}</h1>
      <RequestingAppLine app={app} words={words} sentence="consent.app" />
      <p class="person">
        {words.show('common.person', { person: <Name of={person.displayName} /> })}{' '}
        <a href={model.otherAccountHref}>{words.say('signIn.other')}</a>
      </p>
      <PostForm action={model.action} csrfToken={model.csrfToken}>
        {model.patient !== undefined && <ChosenPatient patient={model.patient} words={words} />}
        <p>{words.say(groups.length === 0 ? 'consent.nothing' : 'consent.instruction')}</p>
        {someNew && <p class="notice notice-info">{words.say('consent.newLead')}</p>}
        {groups.map((group) => (
          <Group key={group.name} group={group} offline={model.offline} isNew={isNew} words={words} />
        ))}
        {model.reduced.length > 0 && <LeftOut reduced={model.reduced} words={words} />}
        {model.rememberOffered && <Remember words={words} />}
        <AppLinks app={app} words={words} />
        <div class="actions actions-equal actions-sticky">
          <button type="submit" class="button button-secondary" name="decision" value="deny">
            {words.say('consent.deny')}
          </button>
          <button type="submit" class="button button-primary" name="decision" value="allow">
            {words.say('consent.allow')}
          </button>
        </div>
      </PostForm>
    </Layout>
  );
}

interface GroupModel {
  group: ScopeGroup;
  offline: ConsentModel['offline'];
  isNew: (scope: string) => boolean;
  words: Words;
}

function Group({ group, offline, isNew, words }: GroupModel): VNode {
  return (
    <fieldset class={`scopes scopes-${group.name}`}>
      <legend>{words.say(`consent.${group.name}`)}</legend>
      {group.name === 'stayConnected' && offline.requested && (
        <p class="hint">
          {offline.until === undefined
            ? words.say('consent.untilRemoved')
            : words.show('consent.until', { until: <time dateTime={offline.until.toISOString()}>{words.date(offline.until)}</time> })}
        </p>
      )}
      <ul class="scope-list">
        {group.lines.map((line) => (
          <li key={line.scope}>
            <ScopeChoice
              line={line}
              isNew={isNew(line.scope)}
              isAmbiguous={group.lines.some((other) => other !== line && other.sentence === line.sentence)}
              words={words}
            />
          </li>
        ))}
      </ul>
      <details>
        <summary>{words.say('consent.technical')}</summary>
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
function ScopeChoice({ line, isNew, isAmbiguous, words }: ScopeChoiceModel): VNode {
  if (line.fixed) {
    return (
      <label class="check check-fixed">
        <input type="hidden" name="scope" value={line.scope} />
        <input type="checkbox" checked disabled />
        <span>
          {line.sentence} <span class="hint">{words.say('consent.always')}</span>
        </span>
      </label>
    );
  }
  return (
    <label class="check">
      <input type="checkbox" name="scope" value={line.scope} checked />
      <span>
        {line.sentence}
        {isAmbiguous && (
          <>
            {' '}
            <code>{line.scope}</code>
          </>
        )}
        {isNew && (
          <>
            {' '}
            <strong class="badge">{words.say('consent.new')}</strong>
          </>
        )}
      </span>
    </label>
  );
}

interface ScopeChoiceModel {
  line: ScopeLine;
  isNew: boolean;
  isAmbiguous: boolean;
  words: Words;
}

function Remember({ words }: { words: Words }): VNode {
  return (
    <div class="remember">
      <label class="check">
        <input type="checkbox" name="remember" value="1" aria-describedby="remember-hint" />
        <span>{words.say('consent.remember')}</span>
      </label>
      <p id="remember-hint" class="hint">
        {words.say('consent.rememberHint')}
      </p>
    </div>
  );
}

function AppLinks({ app: { policyUri, tosUri }, words }: { app: ConsentModel['app']; words: Words }): VNode | null {
  if (policyUri === undefined && tosUri === undefined) return null;
  return (
    <ul class="app-links">
      {policyUri !== undefined && (
        <li>
          <ExternalLink href={policyUri} label={words.say('consent.policy')} words={words} />
        </li>
      )}
      {tosUri !== undefined && (
        <li>
          <ExternalLink href={tosUri} label={words.say('consent.tos')} words={words} />
        </li>
      )}
    </ul>
  );
}
