/** Stylesheet of the launch simulator, beside that of every page: the choice of a patient, and steps with what machines say, which wraps and never scrolls sideways. */
export const LAUNCH_CSS = `
.field textarea { font: 0.9375rem/1.5 var(--mono); resize: vertical; }
.launch-patients { display: grid; gap: 0.75rem; padding: 1rem 1.125rem; background: var(--sunken); border-radius: var(--radius); }
.launch-patients legend { float: inline-start; inline-size: 100%; font-size: 0.9375rem; font-weight: 600; }
.launch-patients legend + * { clear: both; }
.launch-search { display: grid; gap: 0.5rem; }
.launch-patients .patient { flex-wrap: nowrap; align-items: center; gap: 0.75rem; }
.launch-patients .patient:has(:checked) { background: var(--accent-soft); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); color: var(--text); }
.launch-patient { display: flex; flex-wrap: wrap; gap: 0.125rem 1.25rem; }
.launch-pkce { display: block; }
.launch .form:has([name='kind']:checked:not([value='chart'])) .launch-patients { display: none; }
.launch .form:has(#app option:checked:not([data-built-in])) .built-in-only { display: none; }
.step { display: grid; gap: 0.625rem; padding-block-start: 1.25rem; border-block-start: 1px solid var(--line); }
.step[hidden], .step > [hidden] { display: none; }
.step h2 { margin: 0; font-size: 1.125rem; }
.step details { border: 0; }
.step summary { min-block-size: 1.75rem; padding-block: 0.25rem; font-size: 0.875rem; font-weight: 600; }
.step [data-part='verified']::before { content: '✓ '; color: var(--accent); font-weight: 700; }
.step pre, .facts code { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; text-align: start; }
.step pre { padding: 0.75rem 0.875rem; background: var(--sunken); border: 1px solid var(--line); border-radius: var(--radius); }
.step pre code { padding: 0; background: none; font-size: 0.8125rem; }
.step-actions { display: flex; flex-wrap: wrap; gap: 0.625rem; }
.step-actions:not(:has(> :not([hidden]))) { display: none; }
@media (min-width: 40rem) {
  .launch-search { grid-template-columns: 1fr auto; align-items: end; }
}
@media (forced-colors: active) {
  .launch-patients .patient:has(:checked) { outline: 2px solid Highlight; }
}
`;
