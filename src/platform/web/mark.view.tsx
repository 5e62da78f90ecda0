import type { VNode } from 'preact';

/** How the mark is drawn: `title` names it for screen readers, without one it is decoration; `colour` and `ink` are any CSS colours. */
export interface MarkModel {
  title?: string;
  colour?: string;
  ink?: string;
}

/**
 * The product's mark: a key whose shaft is the line of a chart.
 * The colours are presentation attributes, so that the same markup serves as icon file, where no stylesheet reaches.
 */
export function Mark({ title, colour = 'currentColor', ink = '#fff' }: MarkModel): VNode {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      class="mark"
      viewBox="0 0 48 48"
      width="48"
      height="48"
      fill="none"
      stroke-linecap="round"
      stroke-linejoin="round"
      role={title === undefined ? undefined : 'img'}
      aria-hidden={title === undefined ? 'true' : undefined}
      focusable="false"
    >
      {title !== undefined && <title>{title}</title>}
      <rect width="48" height="48" rx="11" fill={colour} />
      <g stroke={ink} stroke-width="3.5">
        <circle cx="14" cy="24" r="6.5" />
        <path d="M20.5 24h4.5l3-9 4.5 17 3-8h5v5.5" />
      </g>
    </svg>
  );
}
