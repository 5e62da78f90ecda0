import type { VNode } from 'preact';
import { PostForm, TextField } from '../../platform/web/form-parts.view.js';
import { FACTORS_SCRIPT_NAME } from '../../platform/web/key-form.view.js';
import type { PageModel } from '../../platform/web/layout.view.js';
import { Name } from '../../platform/web/name.view.js';
import { AppSetup, KeySetup, SetupFailed, type SetupFailure } from '../../sign-in/factor-setup.view.js';
import { ACCOUNT_SECTIONS, AccountLayout } from '../account-layout.view.js';
import { deviceWords } from '../device-words.js';
import { Moment } from '../entry.view.js';

const HERE = ACCOUNT_SECTIONS.factors;

/** Where the changes of factors are, below the web root. */
export const FACTOR_PAGES = {
  app: `${HERE}/totp`,
  removeApp: `${HERE}/totp/remove`,
  keys: `${HERE}/passkeys`,
  codes: `${HERE}/recovery-codes`,
  devices: `${HERE}/devices`,
} as const;

export interface ListedKey {
  readonly id: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export interface ListedDevice {
  readonly handle: string;
  readonly userAgent: string;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

/** What a person has. `isOffered`: the clinic lets them set more up; `devices` is null where devices are not remembered. */
export interface FactorsModel extends PageModel {
  hasApp: boolean;
  keys: readonly ListedKey[];
  codesLeft: number;
  devices: readonly ListedDevice[] | null;
  isOffered: boolean;
  hasAny: boolean;
  now: Date;
}

/** The second factors of a person. */
export function FactorsPage(model: FactorsModel): VNode {
  const { frame, devices } = model;
  const { words } = frame;
  return (
    <AccountLayout frame={frame} section="factors" title={words.say('factors.overviewTitle')}>
      <p>{words.say('factors.optional')}</p>
      <section class="factor-part">
        <h2>{words.say('factors.app')}</h2>
        <AppPart {...model} />
      </section>
      <section class="factor-part">
        <h2>{words.say('factors.keys')}</h2>
        <KeysPart {...model} />
      </section>
      <section class="factor-part">
        <h2>{words.say('factors.recoveryTitle')}</h2>
        <CodesPart {...model} />
      </section>
      {devices !== null && <DevicesPart {...model} devices={devices} />}
    </AccountLayout>
  );
}

function AppPart({ frame: { words, branding }, hasApp, isOffered }: FactorsModel): VNode {
  return (
    <>
      <p>{words.say(hasApp ? 'factors.appIsOn' : 'factors.appIsOff')}</p>
      {hasApp && (
        <p>
          <a href={`${branding.rootPath}${FACTOR_PAGES.removeApp}`}>{words.say('factors.removeApp')}</a>
        </p>
      )}
      {!hasApp && isOffered && (
        <p>
          <a href={`${branding.rootPath}${FACTOR_PAGES.app}`}>{words.say('factors.setUpApp')}</a>
        </p>
      )}
    </>
  );
}

function KeysPart({ frame: { words, branding }, keys, isOffered, now }: FactorsModel): VNode {
  return (
    <>
      {keys.length === 0 && <p>{words.say('factors.noKeys')}</p>}
      <ul class="factor-list">
        {keys.map(({ id, label, createdAt, lastUsedAt }) => (
          <li key={id}>
            <a href={`${branding.rootPath}${FACTOR_PAGES.keys}/${id}`}>
              <Name of={label === '' ? words.say('factors.keyHeading') : label} />
            </a>
            <p class="hint">
              {lastUsedAt === null
                ? words.show('factors.keyAdded', { date: <Moment at={createdAt} text={words.date(createdAt)} /> })
                : words.show('factors.keyUsed', {
                    date: <Moment at={createdAt} text={words.date(createdAt)} />,
                    when: <Moment at={lastUsedAt} text={words.relative(lastUsedAt, now)} />,
                  })}
            </p>
          </li>
        ))}
      </ul>
      {isOffered && (
        <p>
          <a href={`${branding.rootPath}${FACTOR_PAGES.keys}`}>{words.say('factors.addKey')}</a>
        </p>
      )}
    </>
  );
}

function CodesPart({ frame: { words, branding }, hasAny, codesLeft }: FactorsModel): VNode {
  if (!hasAny) return <p>{words.say('factors.needFactorFirst')}</p>;
  return (
    <>
      <p>{words.say('factors.codesLeft', { count: codesLeft })}</p>
      <p>
        <a href={`${branding.rootPath}${FACTOR_PAGES.codes}`}>{words.say('factors.newCodes')}</a>
      </p>
    </>
  );
}

function DevicesPart({ frame: { words, branding }, devices, now }: FactorsModel & { devices: readonly ListedDevice[] }): VNode {
  return (
    <section class="factor-part">
      <h2>{words.say('factors.devices')}</h2>
      {devices.length === 0 && <p>{words.say('factors.noDevices')}</p>}
      <ul class="factor-list">
        {devices.map(({ handle, userAgent, lastUsedAt, expiresAt }) => (
          <li key={handle}>
            <a href={`${branding.rootPath}${FACTOR_PAGES.devices}/${handle}`}>
              {words.say('factors.forget', { browser: deviceWords(words, userAgent) })}
            </a>
            <p class="hint">
              {words.show('factors.deviceUntil', {
                when: <Moment at={lastUsedAt} text={words.relative(lastUsedAt, now)} />,
                date: <Moment at={expiresAt} text={words.date(expiresAt)} />,
              })}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Sets an authenticator app up. Posts `code`. */
export function AppSetupPage(model: PageModel & { csrfToken: string; link: string; secret: string; failed: SetupFailure | null }): VNode {
  const { frame, failed } = model;
  const { words } = frame;
  return (
    <AccountLayout frame={frame} section="factors" title={words.say('factors.app')}>
      <SetupFailed words={words} failed={failed} />
      <AppSetup {...model} words={words} action={`${frame.branding.rootPath}${FACTOR_PAGES.app}`} />
      <Back frame={frame} />
    </AccountLayout>
  );
}

/** Adds a key. Posts `credential` and `label`. */
export function KeySetupPage({ frame, csrfToken, failed }: PageModel & { csrfToken: string; failed: SetupFailure | null }): VNode {
  const { words } = frame;
  const action = `${frame.branding.rootPath}${FACTOR_PAGES.keys}`;
  return (
    <AccountLayout frame={frame} section="factors" title={words.say('factors.keys')} script={FACTORS_SCRIPT_NAME}>
      <SetupFailed words={words} failed={failed} />
      <KeySetup {...{ words, action, csrfToken }} options={`${action}/options`} />
      <Back frame={frame} />
    </AccountLayout>
  );
}

/** One key: to be called something else, or removed. Posts `label`, or `remove`. */
export function KeyPage({ frame, csrfToken, id, label }: PageModel & { csrfToken: string; id: string; label: string }): VNode {
  const { words } = frame;
  const action = `${frame.branding.rootPath}${FACTOR_PAGES.keys}/${id}`;
  const name = label === '' ? words.say('factors.keyHeading') : label;
  return (
    <AccountLayout frame={frame} section="factors" title={words.say('factors.keyHeading')}>
      <PostForm {...{ action, csrfToken }}>
        <TextField
          name="label"
          label={words.say('factors.keyName')}
          hint={words.say('factors.keyNameHint')}
          input={{ type: 'text', value: label, maxlength: 64, autocomplete: 'off', required: true }}
        />
        <div class="actions">
          <button type="submit" class="button button-primary">
            {words.say('factors.rename')}
          </button>
        </div>
      </PostForm>
      <PostForm {...{ action, csrfToken }}>
        <p>{words.say('factors.removeEffect')}</p>
        <div class="actions">
          <button type="submit" class="button button-secondary" name="remove" value="1">
            {words.show('factors.removeKey', { key: <Name of={name} /> })}
          </button>
        </div>
      </PostForm>
      <Back frame={frame} />
    </AccountLayout>
  );
}

function Back({ frame: { words, branding } }: PageModel): VNode {
  return (
    <p>
      <a href={`${branding.rootPath}${HERE}`}>{words.say('factors.back')}</a>
    </p>
  );
}
