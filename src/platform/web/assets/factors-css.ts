/** Second factors: QR code, keys and codes to read off, lists of what a person has. `hidden` wins over the grid of forms. */
export const FACTORS_CSS = `
[hidden] { display: none !important; }
.qr-code { display: block; inline-size: min(100%, 14rem); block-size: auto; margin-inline: auto; background: #fff; border-radius: var(--radius); forced-color-adjust: none; }
.setup-key { display: inline-block; font: 1.0625rem/1.6 var(--mono); overflow-wrap: anywhere; }
.recovery-codes { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 12.5rem), 1fr)); gap: 0.25rem 1.5rem; padding-inline-start: 2rem; }
.recovery-codes li + li { margin: 0; }
.recovery-codes code { font: 1.0625rem/1.6 var(--mono); }
.factor-list { list-style: none; padding: 0; display: grid; gap: 1rem; }
.factor-list li + li { margin: 0; }
.factor-list:empty { display: none; }
.factor-part { display: grid; gap: 0.625rem; padding-block-start: 1.125rem; border-block-start: 1px solid var(--line); }
.factor-part h2 { margin: 0; }
@media print {
  .masthead, .colophon, .actions, .ribbon { display: none; }
}
`;
