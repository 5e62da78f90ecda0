import { type ComponentChild, Fragment, h, type VNode } from 'preact';

const GAP = /\{(\w+)\}/;

/**
 * Fills the `{name}` gaps of a sentence with markup, so that a sentence stays whole in one place and its word order stays the translator's.
 * A gap that has no value is shown as it is written: a visible mistake is found sooner than a silent one.
 */
export function fillGaps(sentence: string, values: Readonly<Record<string, ComponentChild>>): VNode {
  const parts = sentence.split(GAP).map((part, index) => (index % 2 === 0 ? part : valueOf(part, values)));
  return h(Fragment, null, ...parts);
}

/** The same with text. */
export function fillTextGaps(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence
    .split(GAP)
    .map((part, index) => (index % 2 === 0 ? part : String(valueOf(part, values))))
    .join('');
}

function valueOf<Value>(name: string, values: Readonly<Record<string, Value>>): Value | string {
  return Object.hasOwn(values, name) ? (values[name] as Value) : `{${name}}`;
}
