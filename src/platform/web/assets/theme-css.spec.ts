import { THEME_CSS } from './theme-css.js';

const [LIGHT = '', DARK = ''] = THEME_CSS.split('@media (prefers-color-scheme: dark)');

/** Contrast of two colours of the theme, 1 to 21. @see WCAG 2.2, definition of contrast ratio */
function contrast(theme: string, first: string, second: string): number {
  const [low = 0, high = 0] = [luminance(theme, first), luminance(theme, second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

function luminance(theme: string, property: string): number {
  const hex = new RegExp(`--${property}: #([0-9a-f]{6})`).exec(theme)?.[1];
  if (hex === undefined) throw new Error(`no colour ${property}`);
  const [red = 0, green = 0, blue = 0] = [0, 2, 4]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

const TEXT_PAIRS = [
  ['text', 'canvas'],
  ['text', 'surface'],
  ['text', 'sunken'],
  ['text', 'accent-soft'],
  ['text', 'danger-soft'],
  ['muted', 'canvas'],
  ['muted', 'surface'],
  ['muted', 'sunken'],
  ['accent', 'surface'],
  ['accent-strong', 'surface'],
  ['accent-strong', 'accent-soft'],
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['danger', 'danger-soft'],
  ['change', 'surface'],
  ['on-ribbon', 'ribbon'],
] as const;

const CONTROL_PAIRS = [
  ['control', 'surface'],
  ['accent', 'surface'],
  ['accent', 'canvas'],
  ['danger', 'surface'],
] as const;

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s theme', (_, theme) => {
  it.each(TEXT_PAIRS)('shows %s on %s at 4.5:1 or more (WCAG 2.2 §1.4.3)', (text, ground) => {
    expect(contrast(theme, text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(CONTROL_PAIRS)('shows the edge %s on %s at 3:1 or more (WCAG 2.2 §1.4.11)', (edge, ground) => {
    expect(contrast(theme, edge, ground)).toBeGreaterThanOrEqual(3);
  });
});
