/**
 * Script of the form-post page: sends the form at once, and never twice, because an authorization code is good once.
 * @see OAuth 2.0 Form Post Response Mode §2; RFC 6749 §4.1.2
 */
export const FORM_POST_SCRIPT = `(() => {
  const form = document.querySelector('form[data-form-post]');
  if (!form) return;
  let sent = false;
  form.addEventListener('submit', (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  form.requestSubmit();
})();
`;
