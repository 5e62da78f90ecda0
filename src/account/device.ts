/** What a browser says it is, as far as people can use it; null where it does not say. A claim, good for recognizing one's own. */
export interface Device {
  readonly browser: string | null;
  readonly system: string | null;
}

type Names = ReadonlyArray<readonly [name: string, sign: RegExp]>;

/** In this order: browsers name their ancestors as well. @see RFC 9110 §10.1.5 */
const BROWSERS: Names = [
  ['Edge', /\bEdg(?:e|A|iOS)?\//],
  ['Opera', /\bOPR\/|\bOPT\/|\bOpera\b/],
  ['Samsung Internet', /\bSamsungBrowser\//],
  ['Vivaldi', /\bVivaldi\//],
  ['Firefox', /\b(?:Firefox|FxiOS)\//],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\//],
  ['Safari', /\bVersion\/[\d.]+ (?:Mobile\/\w+ )?Safari\//],
  ['Internet Explorer', /\bTrident\/|\bMSIE /],
];

const SYSTEMS: Names = [
  ['iPhone', /\(iPhone\b/],
  ['iPad', /\(iPad\b/],
  ['Android', /\bAndroid\b/],
  ['Windows', /\bWindows NT\b/],
  ['ChromeOS', /\bCrOS\b/],
  ['macOS', /\bMacintosh\b/],
  ['Linux', /\bLinux\b/],
];

/** @param userAgent the header as it was stored; null when there was none */
export function deviceOf(userAgent: string | null): Device {
  const first = (names: Names): string | null => names.find(([, sign]) => sign.test(userAgent ?? ''))?.[0] ?? null;
  return { browser: first(BROWSERS), system: first(SYSTEMS) };
}
