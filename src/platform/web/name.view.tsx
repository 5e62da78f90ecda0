import type { VNode } from 'preact';

/** A name that someone else chose. Isolated, so that right-to-left or direction-changing characters cannot reorder the text around it. */
export function Name({ of }: { of: string }): VNode {
  return <bdi class="name">{of}</bdi>;
}
