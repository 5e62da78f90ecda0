import type { ComponentChild, VNode } from 'preact';

/** A line of facts about an entry: what it is, and its value. */
export type EntryFact = readonly [label: string, value: ComponentChild];

/** One thing of a list, with its facts beside or below each other as there is room. `label` marks it out among the others. */
export function Entry({ heading, label, facts, children }: EntryModel): VNode {
  return (
    <li class="entry">
      <h2>
        {heading}
        {label !== undefined && <span class="label">{label}</span>}
      </h2>
      <dl class="entry-facts">
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {children}
    </li>
  );
}

export interface EntryModel {
  heading: ComponentChild;
  label?: string;
  facts: readonly EntryFact[];
  children?: ComponentChild;
}

/** An address of the network, which is read from the left in every language. */
export function NetworkAddress({ of }: { of: string | null }): VNode {
  return <bdi dir="ltr">{of ?? '–'}</bdi>;
}

/** A moment in words, in the time zone and language of the page. @param text as `Words` writes it */
export function Moment({ at, text }: { at: Date; text: string }): VNode {
  return <time datetime={at.toISOString()}>{text}</time>;
}
