import { runInNewContext } from 'node:vm';
import { STYLESHEET } from './chartkey-css.js';
import { FORM_POST_SCRIPT } from './form-post-script.js';
import { assetHref, PAGE_ASSETS } from './page-assets.js';

describe('page assets', () => {
  it('are addressed by name and content hash', () => {
    for (const { name, version } of PAGE_ASSETS) expect(assetHref('/oauth2/assets', name)).toBe(`/oauth2/assets/${name}?v=${version}`);
    expect(new Set(PAGE_ASSETS.map(({ version }) => version)).size).toBe(PAGE_ASSETS.length);
  });

  it('refuse a name that does not exist', () => {
    expect(() => assetHref('/assets', 'other.css')).toThrow('other.css');
  });

  it('ask for nothing outside and stay small', () => {
    expect(STYLESHEET).not.toMatch(/url\(|@import|https?:/);
    const bytes = PAGE_ASSETS.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
    expect(bytes).toBeLessThan(50_000);
  });
});

describe('STYLESHEET', () => {
  it('has balanced blocks', () => {
    expect(STYLESHEET.match(/\{/g)?.length).toBe(STYLESHEET.match(/\}/g)?.length);
  });

  it('defines every custom property that it uses, in both schemes for colours', () => {
    const [light = '', dark = ''] = STYLESHEET.split('@media (prefers-color-scheme: dark)');
    const used = new Set([...STYLESHEET.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
    for (const name of used) expect(light).toContain(`${name}:`);
    const colours = [...light.matchAll(/(--[\w-]+): #/g)].map(([, name]) => name);
    for (const name of colours) expect(dark).toContain(`${name}: #`);
  });
});

describe('FORM_POST_SCRIPT', () => {
  it('sends the form once, however often it is asked to', () => {
    let listener: ((event: { preventDefault(): void }) => void) | undefined;
    let sent = 0;
    const submit = () => {
      let prevented = false;
      listener?.({ preventDefault: () => (prevented = true) });
      if (!prevented) sent += 1;
    };
    const form = { addEventListener: (_: string, added: typeof listener) => (listener = added), requestSubmit: submit };
    runInNewContext(FORM_POST_SCRIPT, { document: { querySelector: () => form } });
    expect(sent).toBe(1);
    submit();
    expect(sent).toBe(1);
  });

  it('does nothing on another page', () => {
    expect(() => runInNewContext(FORM_POST_SCRIPT, { document: { querySelector: () => null } })).not.toThrow();
  });
});
