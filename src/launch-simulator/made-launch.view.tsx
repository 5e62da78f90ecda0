import type { VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { SimulatorLayout } from './simulator-layout.view.js';

/** A launch and how it was asked for. `request` is what the EHR or a portal would send, with the credentials of a launcher to be filled in. */
export interface MadeLaunchModel {
  app: string;
  person: string;
  request: string;
  answer: string;
}

const REQUEST_ID = 'launch-request';

/** The launch that a chart makes when somebody opens an app in it. */
export function LaunchStep({ made, words }: { made: MadeLaunchModel; words: Words }): VNode {
  return (
    <section class="step" aria-labelledby="step-launch">
      <h2 id="step-launch">{words.say('launchSimulator.launch')}</h2>
      <p class="hint">{words.show('launchSimulator.launchHint', { app: <Name of={made.app} />, person: <Name of={made.person} /> })}</p>
      <details open>
        <summary>{words.say('launchSimulator.request')}</summary>
        <pre dir="ltr">
          <code id={REQUEST_ID}>{made.request}</code>
        </pre>
      </details>
      <div class="step-actions">
        <button
          type="button"
          class="button button-secondary"
          data-copy={REQUEST_ID}
          data-copied={words.say('launchSimulator.copied')}
          hidden
        >
          {words.say('launchSimulator.curl')}
        </button>
      </div>
      <details open>
        <summary>{words.say('launchSimulator.answer')}</summary>
        <pre dir="ltr">
          <code>{made.answer}</code>
        </pre>
      </details>
    </section>
  );
}

/** `made` is null for an app that is started on its own; `launchHref` for one that registered no address to be opened at. */
export interface OtherAppModel extends PageModel {
  app: string;
  clientId: string;
  fhirBase: string;
  metadataHref: string;
  againHref: string;
  made: MadeLaunchModel | null;
  launchHref: string | null;
}

/** How an app that is not ours is started: opened as a chart opens it, or by hand. */
export function OtherAppPage({ frame, app, clientId, fhirBase, metadataHref, againHref, made, launchHref }: OtherAppModel): VNode {
  const { words } = frame;
  const facts = [
    [words.say('launchSimulator.fhirBase'), fhirBase],
    [words.say('launchSimulator.configuration'), metadataHref],
    [words.say('launchSimulator.clientId'), clientId],
  ] as const;
  return (
    <SimulatorLayout title={words.say('launchSimulator.heading', { app })} frame={frame}>
      <h1>{words.show('launchSimulator.heading', { app: <Name of={app} /> })}</h1>
      <p>
        {words.say(
          made === null ? 'launchSimulator.ownHint' : launchHref === null ? 'launchSimulator.noAddress' : 'launchSimulator.openHint',
        )}
      </p>
      {launchHref !== null && (
        <div class="actions">
          <a class="button button-primary" href={launchHref} target="_blank" rel="noopener noreferrer">
            {words.say('launchSimulator.open')}
          </a>
        </div>
      )}
      <dl class="facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <code dir="ltr">{value}</code>
            </dd>
          </div>
        ))}
      </dl>
      {made !== null && <LaunchStep made={made} words={words} />}
      <p>
        <a href={againHref}>{words.say('launchSimulator.again')}</a>
      </p>
    </SimulatorLayout>
  );
}
