import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** The package's bundle for browsers; its entry point for bundlers only says where the package is. */
const LIBRARY = join(dirname(createRequire(import.meta.url).resolve('@simplewebauthn/browser')), '../dist/bundle/index.umd.min.js');

/**
 * Lets forms that are marked `data-key` ask for a passkey or security key, and put its answer into their field `credential`. `create` makes
 * a key, `get` asks one, `conditional` offers passkeys in the field of the user name as well (WebAuthn Level 3 §5.1.4). Besides: prints
 * recovery codes.
 */
const OURS = `(() => {
  const keys = SimpleWebAuthnBrowser;
  const show = (form, part, visible = true) => {
    const element = form.querySelector('[data-part="' + part + '"]');
    if (element) element.hidden = !visible;
  };
  const optionsOf = async (form) => {
    const answer = await fetch(form.dataset.options, { headers: { accept: 'application/json' }, credentials: 'same-origin' });
    if (!answer.ok) throw new Error('no options');
    return answer.json();
  };
  const send = (form, credential) => {
    form.elements.namedItem('credential').value = JSON.stringify(credential);
    form.submit();
  };
  for (const form of document.querySelectorAll('form[data-key]')) {
    if (!keys.browserSupportsWebAuthn()) {
      show(form, 'unsupported');
      continue;
    }
    show(form, 'ready');
    let busy = false;
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (busy) return;
      busy = true;
      show(form, 'failed', false);
      try {
        const optionsJSON = await optionsOf(form);
        const isNew = form.dataset.key === 'create';
        send(form, await (isNew ? keys.startRegistration({ optionsJSON }) : keys.startAuthentication({ optionsJSON })));
      } catch {
        show(form, 'failed');
        form.removeAttribute('aria-busy'); // set by the script of every page
        busy = false;
      }
    });
    if (form.dataset.key !== 'conditional') continue;
    (async () => {
      if (!(await keys.browserSupportsWebAuthnAutofill())) return;
      const optionsJSON = await optionsOf(form);
      send(form, await keys.startAuthentication({ optionsJSON, useBrowserAutofill: true }));
    })().catch(() => undefined); // given up for the button, or by the person
  }
  for (const button of document.querySelectorAll('button[data-print]')) {
    button.hidden = false;
    button.addEventListener('click', () => window.print());
  }
})();
`;

/** Script of the pages on which people use and set up second factors. */
export const FACTORS_SCRIPT = `${readFileSync(LIBRARY, 'utf8').replace(/\/\/# sourceMappingURL=.*$/m, '')}\n${OURS}`;
