import { brandColours, brandCss } from './brand-css.js';
import { contrast, fromHex } from './contrast.js';
import { THEME_CSS } from './theme-css.js';

const STEPS = ['00', '33', '66', '99', 'cc', 'ff'];
const COLOURS = STEPS.flatMap((red) => STEPS.flatMap((green) => STEPS.map((blue) => `#${red}${green}${blue}`)));
const [LIGHT = '', DARK = ''] = THEME_CSS.split('@media (prefers-color-scheme: dark)');
const ofTheme = (css: string, name: string): string => new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(css)?.[1] ?? '';

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
] as const)('The colour of a clinic in the %s theme', (scheme, css) => {
  it('can be read in every place, whichever it is', () => {
    const readable = (first: string, second: string): boolean => contrast(fromHex(first), fromHex(second)) >= 4.5;
    const bad = COLOURS.filter((colour) => {
      const brand = brandColours(colour, scheme);
      const pairs = [
        [brand.accent, ofTheme(css, 'surface')],
        [brand.accent, ofTheme(css, 'canvas')],
        [brand['accent-strong'], ofTheme(css, 'surface')],
        [brand['accent-strong'], brand['accent-soft']],
        [brand['on-accent'], brand.accent],
        [brand['on-accent'], brand['accent-strong']],
        [ofTheme(css, 'text'), brand['accent-soft']],
      ] as const;
      return !pairs.every(([first, second]) => readable(first, second));
    });
    expect(bad).toEqual([]);
  });

  it('is that colour where it can be', () => {
    expect(brandColours('#00557a', 'light').accent).toBe('#00557a');
    expect(brandColours('#8fd0ff', 'dark').accent).toBe('#8fd0ff');
    expect(brandColours('#ffee00', 'light').accent).not.toBe('#ffee00');
  });
});

describe('brandCss', () => {
  it('sets the accents of both themes, and nothing else', () => {
    expect(brandCss('#00557a')).toMatch(
      /^:root\{(--[\w-]+:#[0-9a-f]{6};?){4}\}@media \(prefers-color-scheme:dark\)\{:root\{(--[\w-]+:#[0-9a-f]{6};?){4}\}\}$/,
    );
  });
});
