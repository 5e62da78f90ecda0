/** Forms: fields, the staff/patient switch, scope lists, buttons. Main controls are at least 44 CSS pixels high (WCAG 2.2 §2.5.5). */
export const FORMS_CSS = `
.form { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1.125rem; }
fieldset { margin: 0; padding: 0; border: 0; min-inline-size: 0; }
legend { padding: 0; }
.field { display: grid; gap: 0.3125rem; }
.field label, .switch legend { font-size: 0.9375rem; font-weight: 600; }
.field .hint { font-size: 0.875rem; }
.field :is(input, select, textarea) {
  inline-size: 100%;
  min-block-size: var(--target);
  padding: 0.5rem 0.75rem;
  background: var(--surface);
  color: var(--text);
  border: 1px solid var(--control);
  border-radius: var(--radius);
  font: inherit;
}
.field :is(input, select, textarea):hover { border-color: var(--accent); }
.field input:focus-visible { outline-offset: 0; border-color: var(--accent); }
.field input[aria-invalid='true'] { border-color: var(--danger); border-width: 2px; }
.field .code-input { font: 1.5rem/1.3 var(--mono); letter-spacing: 0.18em; text-align: center; }

.switch legend { margin-block-end: 0.375rem; }
.switch-choices { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 0.5rem; }
.switch-choices label {
  min-block-size: var(--target);
  display: flex;
  align-items: center;
  gap: 0.5rem;
  padding: 0.5rem 0.75rem;
  border: 1px solid var(--control);
  border-radius: var(--radius);
  cursor: pointer;
}
.switch-choices label:hover { border-color: var(--accent); }
.switch-choices label:has(:checked) { background: var(--accent-soft); border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); font-weight: 600; }
.form:has([name='user_role'][value='users']:checked) .patients-only { display: none; }
input[type='radio'], input[type='checkbox'] { flex: none; inline-size: 1.25rem; block-size: 1.25rem; margin: 0; accent-color: var(--accent); }

.scopes { padding: 1rem 1.125rem 0.125rem; border: 1px solid var(--line); border-radius: var(--radius); }
.scopes legend { float: inline-start; inline-size: 100%; margin-block-end: 0.25rem; font-size: 1.0625rem; font-weight: 650; }
.scopes legend + * { clear: both; }
.scopes-recordChange { border-inline-start: 4px solid var(--change); }
.scopes-recordChange legend { color: var(--change); }
.scope-list { list-style: none; padding: 0; }
.scope-list li + li { margin: 0; }
.check { display: flex; align-items: flex-start; gap: 0.75rem; min-block-size: 2.75rem; padding-block: 0.55rem; cursor: pointer; }
.check input { margin-block-start: 0.15rem; }
.check-fixed { cursor: default; }
.check:not(.check-fixed):hover span { text-decoration: underline; text-decoration-color: var(--control); text-underline-offset: 0.2em; }
.technical { list-style: none; padding: 0 0 0.875rem; }
.technical li + li { margin-block-start: 0.25rem; }
.scopes details { margin-block-start: 0.375rem; }
.remember .hint { padding-inline-start: 2rem; }
.app-links { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.25rem 1.5rem; font-size: 0.9375rem; }
.app-links li + li { margin: 0; }
.app-links a { display: inline-block; padding-block: 0.25rem; }

.actions { display: grid; gap: 0.625rem; margin-block-start: 0.375rem; }
.actions-equal { grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem; }
.actions-equal .button { padding-inline: 0.5rem; }
.button-reveal {
  justify-self: start;
  min-block-size: 1.75rem;
  padding: 0.125rem 0.25rem;
  background: transparent;
  color: var(--accent);
  border: 0;
  border-radius: 0.25rem;
  font: inherit;
  font-size: 0.875rem;
  text-decoration: underline;
  text-underline-offset: 0.15em;
  cursor: pointer;
}
a.button { display: grid; place-items: center; text-align: center; text-decoration: none; }
.form[aria-busy='true'] .button { cursor: progress; }
.idle {
  position: sticky;
  inset-block-end: 1rem;
  inline-size: min(100% - 2rem, 27rem);
  margin: 1rem auto 0;
  padding: 1rem;
  display: grid;
  gap: 0.5rem;
  background: var(--ribbon);
  color: var(--on-ribbon);
  border: 1px solid var(--control);
  border-radius: var(--radius);
}
.idle[hidden] { display: none; }
.button {
  min-block-size: var(--target);
  padding: 0.5rem 1rem;
  border: 2px solid transparent;
  border-radius: var(--radius);
  font: inherit;
  font-weight: 600;
  line-height: 1.25;
  cursor: pointer;
}
.button-primary { background: var(--accent); color: var(--on-accent); }
.button-primary:hover { background: var(--accent-strong); }
.button-secondary { background: var(--surface); color: var(--accent); border-color: var(--accent); }
.button-secondary:hover { background: var(--accent-soft); color: var(--accent-strong); }
.button-quiet { background: transparent; color: var(--muted); border-color: transparent; }
.button-quiet:hover { color: var(--text); background: var(--sunken); }

@media (min-width: 48rem) and (min-height: 40rem) {
  html:has(.actions-sticky) { scroll-padding-block-end: 6rem; }
  .actions-sticky {
    position: sticky;
    inset-block-end: 0;
    margin-inline: -2rem;
    margin-block-end: -2rem;
    padding: 1rem 2rem 1.25rem;
    background: var(--surface);
    border-block-start: 1px solid var(--line);
    border-radius: 0 0 var(--radius) var(--radius);
  }
}
@media (forced-colors: active) {
  .button, .scopes { border-color: ButtonText; }
  .switch-choices label:has(:checked) { outline: 2px solid Highlight; }
}
`;
