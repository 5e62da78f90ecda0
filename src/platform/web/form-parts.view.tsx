import type { ComponentChildren, InputHTMLAttributes, VNode } from 'preact';

/** Name of the hidden field that carries the CSRF token in every form of this server. */
export const CSRF_FIELD = 'csrf_token';

/** Element id of the error summary; fields that are in doubt point at it by `aria-describedby`. */
export const ERROR_SUMMARY_ID = 'error-summary';

/** A form that posts to this server, with its CSRF token first. `action` is a path or URL of this server. */
export function PostForm({ action, csrfToken, children }: { action: string; csrfToken: string; children: ComponentChildren }): VNode {
  return (
    <form method="post" action={action} class="form">
      <input type="hidden" name={CSRF_FIELD} value={csrfToken} />
      {children}
    </form>
  );
}

/** What went wrong with a sent form. Announced at once, and takes the focus when the page loads. @see WCAG 2.2 §3.3.1 */
export function ErrorSummary({ title, children }: { title: string; children: ComponentChildren }): VNode {
  return (
    <div id={ERROR_SUMMARY_ID} class="notice notice-error" role="alert" tabindex={-1} autofocus>
      <h2 class="notice-title">{title}</h2>
      <p>{children}</p>
    </div>
  );
}

/** A remark that is no mistake of the reader. */
export function Notice({ children }: { children: ComponentChildren }): VNode {
  return (
    <p class="notice notice-info" role="status">
      {children}
    </p>
  );
}

/**
 * A labelled one-line input. `name` is also the element's id. `input` holds further attributes of the element.
 * With `inDoubt` the field is marked invalid and points at the error summary, which says why.
 */
export interface TextFieldModel {
  name: string;
  label: string;
  hint?: string;
  inDoubt?: boolean;
  input: InputHTMLAttributes<HTMLInputElement> & { [name: `data-${string}`]: string };
}

/** One field of a form: label, optional hint, input, tied together for screen readers. @see WCAG 2.2 §1.3.1, §3.3.2 */
export function TextField({ name, label, hint, inDoubt = false, input }: TextFieldModel): VNode {
  const hintId = `${name}-hint`;
  const describedBy = [hint === undefined ? '' : hintId, inDoubt ? ERROR_SUMMARY_ID : ''].filter(Boolean).join(' ');
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint !== undefined && (
        <p id={hintId} class="hint">
          {hint}
        </p>
      )}
      <input
        id={name}
        name={name}
        {...input}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        aria-invalid={inDoubt ? 'true' : undefined}
      />
    </div>
  );
}
