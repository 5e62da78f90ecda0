/** The account: the way to its pages, and lists of things with facts, which stand below each other where there is no room. */
export const ACCOUNT_CSS = `
.sections { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 0.5rem; border-block-end: 1px solid var(--line); padding-block-end: 0.75rem; }
.sections li + li { margin: 0; }
.sections a { display: inline-block; padding: 0.375rem 0.625rem; border-radius: var(--radius); font-size: 0.9375rem; text-decoration: none; }
.sections a:hover { background: var(--sunken); text-decoration: underline; }
.sections a[aria-current] { background: var(--accent-soft); color: var(--accent-strong); font-weight: 600; }
.entries { list-style: none; padding: 0; }
.entry { padding-block: 1rem; border-block-start: 1px solid var(--line); display: grid; gap: 0.5rem; }
.entry + .entry { margin: 0; }
.entry h2 { display: flex; flex-wrap: wrap; align-items: center; gap: 0.25rem 0.5rem; margin: 0; }
.entry .label { padding: 0.1em 0.5em; border-radius: 0.25rem; background: var(--accent-soft); color: var(--accent-strong); font-size: 0.8125rem; }
.entry-facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), 1fr)); gap: 0.5rem 1rem; font-size: 0.9375rem; }
.entry-facts dt { color: var(--muted); font-size: 0.875rem; }
.entry-facts dd { margin: 0; }
.rules { font-size: 0.9375rem; }
a.button { display: grid; place-items: center; text-decoration: none; }
@media (forced-colors: active) {
  .sections a[aria-current] { outline: 2px solid Highlight; }
}
`;
