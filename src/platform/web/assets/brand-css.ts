import { contrast, fromHex, mix, type Rgb, toHex } from './contrast.js';

const BLACK: Rgb = [0, 0, 0];
const WHITE: Rgb = [255, 255, 255];
/** Contrast of text, with room for rounding. WCAG 2.2 §1.4.3 */
const READABLE = 4.6;

/** The grounds on which the colour stands, as in the theme. */
const GROUNDS = {
  light: { surface: fromHex('#ffffff'), canvas: fromHex('#eef3f6'), text: fromHex('#16242c') },
  dark: { surface: fromHex('#17222a'), canvas: fromHex('#0e161b'), text: fromHex('#e7eef2') },
} as const;

type Scheme = keyof typeof GROUNDS;

/** The accents of a theme that are made of one colour, by the names of its custom properties. */
export type BrandColours = Readonly<Record<'accent' | 'accent-strong' | 'accent-soft' | 'on-accent', string>>;

/**
 * The clinic's colour, moved towards black or white until text in it, and text on it, can be read.
 * @param hex `#rrggbb`
 */
export function brandColours(hex: string, scheme: Scheme): BrandColours {
  const { surface, canvas, text } = GROUNDS[scheme];
  const [away, ink] = scheme === 'light' ? [BLACK, WHITE] : [WHITE, BLACK];
  const accent = moved(fromHex(hex), away, (colour) => [surface, canvas, ink].every((ground) => contrast(colour, ground) >= READABLE));
  const strong = mix(accent, away, 0.25);
  const soft = moved(mix(surface, accent, 0.16), surface, (colour) => [text, strong].every((each) => contrast(colour, each) >= READABLE));
  return { accent: toHex(accent), 'accent-strong': toHex(strong), 'accent-soft': toHex(soft), 'on-accent': toHex(ink) };
}

/** Style sheet that paints the pages in the clinic's colour, in both schemes. */
export function brandCss(hex: string): string {
  const block = (scheme: Scheme): string =>
    `:root{${Object.entries(brandColours(hex, scheme))
      .map(([name, value]) => `--${name}:${value}`)
      .join(';')}}`;
  return `${block('light')}@media (prefers-color-scheme:dark){${block('dark')}}`;
}

/** The first of twenty steps towards another colour that will do; the other colour itself always does. */
function moved(colour: Rgb, towards: Rgb, isEnough: (colour: Rgb) => boolean): Rgb {
  for (let step = 0; step < 20; step += 1) {
    const candidate = mix(colour, towards, step / 20);
    if (isEnough(candidate)) return candidate;
  }
  return towards;
}
