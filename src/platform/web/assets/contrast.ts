/** Red, green and blue, 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** @param hex `#rrggbb` */
export function fromHex(hex: string): Rgb {
  const at = (index: number): number => Number.parseInt(hex.slice(index, index + 2), 16);
  return [at(1), at(3), at(5)];
}

/** @returns `#rrggbb` */
export function toHex(colour: Rgb): string {
  return `#${colour.map((value) => Math.round(value).toString(16).padStart(2, '0')).join('')}`;
}

/** A mixture; `share` of the second colour, 0 to 1. */
export function mix(first: Rgb, second: Rgb, share: number): Rgb {
  const part = (index: 0 | 1 | 2): number => first[index] + (second[index] - first[index]) * share;
  return [part(0), part(1), part(2)];
}

/** Contrast of two colours, 1 to 21. @see WCAG 2.2, definition of contrast ratio */
export function contrast(first: Rgb, second: Rgb): number {
  const [a, b] = [luminance(first), luminance(second)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour
    .map((value) => value / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
