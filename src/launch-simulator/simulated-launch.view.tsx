import type { VNode } from 'preact';
import type { PageModel } from '../platform/web/layout.view.js';
import { Name } from '../platform/web/name.view.js';
import { LaunchStep, type MadeLaunchModel } from './made-launch.view.js';
import { SimulatorLayout } from './simulator-layout.view.js';
import { Part, Step } from './step.view.js';

/** What the built-in app asks for, as its script reads it. */
export interface SimulatedRequest {
  readonly client_id: string;
  readonly redirect_uri: string;
  readonly scope: string;
  /** The FHIR base. */
  readonly aud: string;
  readonly launch?: string;
  readonly login_hint?: string;
  readonly pkce: boolean;
}

interface SimulatedPage extends PageModel {
  /** Address of the SMART configuration. */
  metadataHref: string;
  /** Where another launch begins. */
  againHref: string;
}

export interface SimulatedLaunchModel extends SimulatedPage {
  app: string;
  request: SimulatedRequest;
  /** null for an app that is started on its own. */
  made: MadeLaunchModel | null;
}

/** The built-in app before the sign-in: it learns where everything is, and shows what it is about to ask for. */
export function SimulatedLaunchPage({ frame, metadataHref, againHref, app, request, made }: SimulatedLaunchModel): VNode {
  const { words } = frame;
  return (
    <SimulatorLayout title={words.say('launchSimulator.heading', { app })} frame={frame} isPlayed>
      <div class="form launch" data-launch="begin" data-metadata={metadataHref} data-request={JSON.stringify(request)}>
        <h1>{words.show('launchSimulator.heading', { app: <Name of={app} /> })}</h1>
        <noscript>
          <p class="notice notice-error">{words.say('launchSimulator.script')}</p>
        </noscript>
        {made !== null && <LaunchStep made={made} words={words} />}
        <Step
          name="discovery"
          isLong
          words={words}
          heading={words.say('launchSimulator.discovery')}
          hint={words.say('launchSimulator.discoveryHint')}
        />
        <Step
          name="authorize"
          isHidden
          words={words}
          heading={words.say('launchSimulator.authorize')}
          hint={words.say('launchSimulator.authorizeHint')}
          send={words.say('launchSimulator.toSignIn')}
        />
        <p>
          <a href={againHref}>{words.say('launchSimulator.again')}</a>
        </p>
      </div>
    </SimulatorLayout>
  );
}

export interface LaunchAnswerModel extends SimulatedPage {
  userinfoHref: string;
}

/** The built-in app after the sign-in: the code is in its address, and the rest happens here, step by step. */
export function LaunchAnswerPage({ frame, metadataHref, againHref, userinfoHref }: LaunchAnswerModel): VNode {
  const { words } = frame;
  const step = (name: 'token' | 'idToken' | 'userinfo' | 'introspection' | 'refresh' | 'revocation', send?: string): VNode => (
    <Step
      name={name}
      isHidden
      words={words}
      heading={words.say(`launchSimulator.${name}`)}
      hint={words.say(`launchSimulator.${name}Hint`)}
      {...(send !== undefined && { send })}
    >
      {name === 'idToken' && <Decoded {...{ frame }} />}
    </Step>
  );
  return (
    <SimulatorLayout title={words.say('launchSimulator.title')} frame={frame} isPlayed>
      <div class="form launch" data-launch="answer" data-metadata={metadataHref} data-userinfo={userinfoHref}>
        <h1>{words.say('launchSimulator.title')}</h1>
        <noscript>
          <p class="notice notice-error">{words.say('launchSimulator.script')}</p>
        </noscript>
        <p class="notice notice-error" role="alert" data-lost hidden>
          {words.say('launchSimulator.lost')}
        </p>
        <Step name="authorize" isHidden words={words} heading={words.say('launchSimulator.authorize')} />
        {step('token', words.say('launchSimulator.exchange'))}
        <Step name="accessToken" isHidden words={words} heading={words.say('launchSimulator.accessToken')}>
          <Decoded frame={frame} />
        </Step>
        {step('idToken')}
        {step('userinfo')}
        {step('introspection')}
        {step('refresh', words.say('launchSimulator.refreshNow'))}
        {step('revocation', words.say('launchSimulator.revokeNow'))}
        <p>
          <a href={againHref}>{words.say('launchSimulator.again')}</a>
        </p>
      </div>
    </SimulatorLayout>
  );
}

/** Both halves of a token, and what its signature is worth. @see RFC 7515 §3 */
function Decoded({ frame: { words } }: PageModel): VNode {
  return (
    <>
      <Part name="header" label={words.say('launchSimulator.header')} />
      <Part name="payload" label={words.say('launchSimulator.payload')} />
      <p data-part="verified" role="status" hidden>
        {words.say('launchSimulator.verified')}
      </p>
      <p class="notice notice-error" data-part="unverified" role="alert" hidden>
        {words.say('launchSimulator.unverified')}
      </p>
    </>
  );
}
