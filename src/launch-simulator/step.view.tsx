import type { ComponentChild, ComponentChildren, VNode } from 'preact';
import type { Words } from '../platform/i18n/words.js';

/** One step of a launch. `name` is what the script of the page knows it by; it shows what has happened, and `send` is the button that goes on. */
export interface StepModel {
  name: string;
  heading: string;
  hint?: ComponentChild;
  words: Words;
  send?: string;
  /** Whether the step waits for the script before it is shown. */
  isHidden?: boolean;
  /** Whether the answer is so long that it is opened on demand. */
  isLong?: boolean;
  children?: ComponentChildren;
}

/** A step with its request, the buttons that send or copy it, and its answer; each part appears when there is something in it. */
export function Step({ name, heading, hint, words, send, isHidden = false, isLong = false, children }: StepModel): VNode {
  return (
    <section class="step" data-step={name} aria-labelledby={`step-${name}`} hidden={isHidden}>
      <h2 id={`step-${name}`} tabindex={-1}>
        {heading}
      </h2>
      {hint !== undefined && <p class="hint">{hint}</p>}
      {children}
      <Part name="request" label={words.say('launchSimulator.request')} />
      <div class="step-actions">
        {send !== undefined && (
          <button type="button" class="button button-primary" data-send hidden>
            {send}
          </button>
        )}
        <button type="button" class="button button-secondary" data-curl data-copied={words.say('launchSimulator.copied')} hidden>
          {words.say('launchSimulator.curl')}
        </button>
      </div>
      <Part name="answer" label={words.say('launchSimulator.answer')} isOpen={!isLong} />
      <p class="notice notice-error" role="alert" data-part="failed" hidden>
        {words.say('launchSimulator.failed')}
      </p>
    </section>
  );
}

/** Text of machines, which is read from the left in every language. */
export function Part({ name, label, isOpen = true }: { name: string; label: string; isOpen?: boolean }): VNode {
  return (
    <details data-part={name} open={isOpen} hidden>
      <summary>{label}</summary>
      <pre dir="ltr">
        <code></code>
      </pre>
    </details>
  );
}
