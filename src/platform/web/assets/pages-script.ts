/**
 * Script of every page. It only adds: each page works without it. What it says comes from attributes of the page, in the page's language.
 * - a form is sent once, however often its button is pressed; coming back to it makes it usable again;
 * - `input[data-show]` gets a button that shows the password, and hides it before it is sent;
 * - `[data-copy="id"]` copies the text of that element;
 * - `[data-idle]` appears before the page expires, counts down, and lets the person have more time (WCAG 2.2 §2.2.1).
 */
export const PAGES_SCRIPT = `(() => {
  const each = (selector, use) => document.querySelectorAll(selector).forEach(use);
  const button = (label, className) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.className = className;
    made.textContent = label;
    return made;
  };

  each('form[method=post]:not([data-form-post])', (form) => {
    let sent = false;
    form.addEventListener('submit', (event) => {
      if (sent) return event.preventDefault();
      sent = true;
      form.setAttribute('aria-busy', 'true');
    });
    addEventListener('pageshow', () => {
      sent = false;
      form.removeAttribute('aria-busy');
    });
  });

  each('input[data-show]', (input) => {
    const toggle = button(input.dataset.show, 'button-reveal');
    toggle.setAttribute('aria-controls', input.id);
    const show = (shown) => {
      input.type = shown ? 'text' : 'password';
      toggle.textContent = shown ? input.dataset.hide : input.dataset.show;
    };
    toggle.addEventListener('click', () => show(input.type === 'password'));
    if (input.form) input.form.addEventListener('submit', () => show(false));
    input.after(toggle);
  });

  each('button[data-copy]', (copy) => {
    const source = document.getElementById(copy.dataset.copy);
    if (!source || !navigator.clipboard) return;
    const label = copy.textContent;
    copy.hidden = false;
    copy.setAttribute('aria-live', 'polite');
    copy.addEventListener('click', async () => {
      await navigator.clipboard.writeText(source.innerText.trim());
      copy.textContent = copy.dataset.copied;
      setTimeout(() => (copy.textContent = label), 3000);
    });
  });

  each('[data-idle]', (box) => {
    const time = box.querySelector('[data-idle-time]');
    const more = box.querySelector('button');
    let ends = Date.now() + box.dataset.idle * 1000;
    const early = Math.min(120, box.dataset.idle / 2);
    const tick = () => {
      const left = Math.max(0, Math.ceil((ends - Date.now()) / 1000));
      box.hidden = left > early;
      if (box.hidden) return;
      time.textContent = Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0');
      if (left > 0) return;
      clearInterval(timer);
      box.querySelector('[data-idle-lead]').textContent = box.dataset.idleOver;
      more.remove();
    };
    const timer = setInterval(tick, 1000);
    more.addEventListener('click', async () => {
      const body = new URLSearchParams({ csrf_token: box.dataset.idleToken });
      const answer = await fetch(box.dataset.idleHref, { method: 'POST', body, headers: { accept: 'application/json' } });
      if (answer.ok) ends = Date.now() + (await answer.json()).expires_in * 1000;
      tick();
    });
  });
})();
`;
