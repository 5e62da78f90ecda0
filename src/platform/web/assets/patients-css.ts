/** The search for a patient: a row is one wide button, which grows with its text. */
export const PATIENTS_CSS = `
.patient-search { padding: 1rem 1.125rem; background: var(--sunken); border-radius: var(--radius); }
.patient-results { display: grid; gap: 0.625rem; }
.patient-results h2 { margin: 0; font-size: 1.0625rem; }
.patients { list-style: none; padding: 0; display: grid; gap: 0.5rem; }
.patients li + li { margin: 0; }
.patient {
  inline-size: 100%;
  min-block-size: var(--target);
  display: flex;
  flex-wrap: wrap;
  gap: 0.125rem 1.25rem;
  padding: 0.625rem 0.875rem;
  background: var(--surface);
  color: var(--muted);
  border: 1px solid var(--control);
  border-radius: var(--radius);
  font: inherit;
  font-size: 0.9375rem;
  text-align: start;
  cursor: pointer;
}
.patient:hover { background: var(--accent-soft); border-color: var(--accent); color: var(--text); }
.patient-name { flex-basis: 100%; color: var(--text); font-size: 1rem; font-weight: 600; }
`;
