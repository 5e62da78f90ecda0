import type { ComponentChild, VNode } from 'preact';

export { Name } from './name.view.js';

/** `template` is a sentence with `{name}` gaps; `values` fills each gap by its name. */
export interface SentenceModel {
  template: string;
  values: Readonly<Record<string, ComponentChild>>;
}

/**
 * Fills the gaps of a sentence with markup, so that a sentence stays whole in one place and its word order stays the translator's.
 * A gap that has no value is shown as it is written: a visible mistake is found sooner than a silent one.
 */
export function Sentence({ template, values }: SentenceModel): VNode {
  const parts = template.split(/\{(\w+)\}/);
  return <>{parts.map((part, index) => (index % 2 === 0 ? part : gapValue(part, values)))}</>;
}

function gapValue(name: string, values: SentenceModel['values']): ComponentChild {
  return Object.hasOwn(values, name) ? values[name] : `{${name}}`;
}
