/** The page itself: type, masthead, card, footer, and the parts of running text. Logical properties serve both writing directions. */
export const DOCUMENT_CSS = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-block-size: 100vh;
  min-block-size: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--canvas);
  color: var(--text);
  font: 1rem/1.55 var(--font);
  overflow-wrap: anywhere;
}
h1 { margin: 0; font-size: clamp(1.3125rem, 6.5vw, 1.625rem); line-height: 1.25; font-weight: 650; letter-spacing: -0.01em; overflow-wrap: break-word; hyphens: auto; }
h2 { margin: 0 0 0.25rem; font-size: 1rem; line-height: 1.4; font-weight: 650; }
p, ul, ol, dl { margin: 0; }
ul { padding-inline-start: 1.25rem; }
li + li { margin-block-start: 0.375rem; }
a { color: var(--accent); text-underline-offset: 0.15em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
code { font: 0.875em/1.5 var(--mono); background: var(--sunken); border-radius: 0.25rem; padding: 0.1em 0.35em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }

.ribbon {
  padding: 0.375rem 1rem;
  background: var(--ribbon);
  color: var(--on-ribbon);
  font-size: 0.875rem;
  font-weight: 600;
  text-align: center;
  border-block-end: 1px solid transparent;
}
.masthead {
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 0.625rem;
  padding: 2rem 1rem 1.25rem;
  color: var(--accent);
}
.masthead .mark { inline-size: 2.25rem; block-size: 2.25rem; flex: none; }
.masthead .logo { max-inline-size: min(12rem, 50%); max-block-size: 3rem; object-fit: contain; flex: none; }
.clinic { color: var(--text); font-size: 1.0625rem; font-weight: 600; line-height: 1.3; }
.card {
  inline-size: min(100% - 2rem, 27rem);
  margin-inline: auto;
  padding: 2rem;
  display: grid;
  grid-template-columns: minmax(0, 1fr);
  gap: 1.125rem;
  background: var(--surface);
  border: 1px solid var(--line);
  border-block-start: 4px solid var(--accent);
  border-radius: var(--radius);
  box-shadow: var(--shadow);
}
.card-wide { inline-size: min(100% - 2rem, 48rem); }
.colophon { margin-block-start: auto; padding: 1.5rem 1rem 1.75rem; color: var(--muted); font-size: 0.8125rem; text-align: center; }
.colophon > * + * { margin-block-start: 0.75rem; }
.help { color: var(--text); font-size: 0.9375rem; }
.help p { white-space: pre-line; }
.languages { list-style: none; padding: 0; display: flex; flex-wrap: wrap; justify-content: center; gap: 0.25rem 0.5rem; font-size: 0.875rem; }
.languages li + li { margin: 0; }
.languages a, .languages span { display: inline-block; min-inline-size: 1.5rem; padding: 0.25rem 0.5rem; }
.languages span { font-weight: 600; }
.lead { font-size: 1.0625rem; }
.hint, .person, .reference { color: var(--muted); font-size: 0.9375rem; }

.app { display: flex; align-items: center; gap: 0.875rem; padding: 0.75rem 0.875rem; background: var(--sunken); border-radius: var(--radius); }
.app-initial {
  flex: none;
  inline-size: 2.5rem;
  block-size: 2.5rem;
  display: grid;
  place-items: center;
  border-radius: 0.5rem;
  background: var(--accent-soft);
  color: var(--accent-strong);
  font-size: 1.125rem;
  font-weight: 700;
}
.host { font-weight: 600; }

.notice { padding: 0.75rem 0.875rem; border-radius: var(--radius); border: 1px solid var(--accent); border-inline-start-width: 5px; }
.notice-info { background: var(--accent-soft); }
.notice-error { background: var(--danger-soft); border-color: var(--danger); }
.notice-title { color: var(--danger); }

details { border-block-start: 1px solid var(--line); }
summary { min-block-size: 2.75rem; padding-block: 0.6rem; color: var(--muted); font-size: 0.9375rem; cursor: pointer; }
summary:hover { color: var(--text); }
.facts { display: grid; gap: 0.125rem; font-size: 0.9375rem; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0 0 0.5rem; }
.choices { list-style: none; padding: 0; margin-block-start: 0.5rem; }
.choices li { padding-block: 0.75rem; border-block-start: 1px solid var(--line); }
.choices li + li { margin: 0; }
.choices a { display: inline-block; padding-block: 0.25rem; font-weight: 600; }
.badge { padding: 0.05em 0.5em; background: var(--ribbon); color: var(--on-ribbon); border: 1px solid transparent; border-radius: 1em; font-size: 0.8125rem; }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

@media (max-width: 30rem) {
  .masthead { padding: 1.25rem 1rem 1rem; }
  .card, .card-wide { inline-size: 100%; padding: 1.5rem 1rem; border-inline: 0; border-radius: 0; box-shadow: none; }
  h1 { font-size: 1.4375rem; }
}
@media (prefers-reduced-motion: no-preference) {
  .button, .switch-choices label, .form input { transition: background-color 120ms, border-color 120ms, color 120ms; }
}
@media (forced-colors: active) {
  .ribbon, .badge { border-color: CanvasText; }
  .app, .app-initial { border: 1px solid CanvasText; }
  :focus-visible { outline-color: Highlight; }
}
@media print {
  .actions { display: none; }
  .card { box-shadow: none; }
}
`;
