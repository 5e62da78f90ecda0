import { assetHref } from './page-assets.js';
import { THEME_CSS } from './theme-css.js';

/** Colours, measures and type by which an app can look like the pages of this server. @see SMART App Launch 2.2, "Styling" */
export interface SmartStyle {
  readonly color_background: string;
  readonly color_error: string;
  readonly color_highlight: string;
  readonly color_modal_backdrop: string;
  readonly color_success: string;
  readonly color_text: string;
  readonly dim_border_radius: string;
  readonly dim_font_size: string;
  readonly dim_spacing_size: string;
  readonly font_family_body: string;
  readonly font_family_heading: string;
  /** Absolute URL. */
  readonly logo_primary: string;
}

const PIXELS_PER_REM = 16;

/**
 * The theme of our pages, as it is in light: the format knows no dark one.
 * @param issuer under which the logo is served
 */
export function smartStyle(issuer: string): SmartStyle {
  return {
    color_background: theme('canvas'),
    color_error: theme('danger'),
    color_highlight: theme('accent'),
    color_modal_backdrop: theme('text'),
    color_success: theme('accent-strong'), // our pages have no green: what succeeded goes on
    color_text: theme('text'),
    dim_border_radius: pixels(theme('radius')),
    dim_font_size: `${PIXELS_PER_REM}px`,
    dim_spacing_size: `${PIXELS_PER_REM}px`,
    font_family_body: theme('font'),
    font_family_heading: theme('font'),
    logo_primary: assetHref(`${issuer}/assets`, 'mark.svg'),
  };
}

/** The first value of a variable of the style sheet: that of the light theme. @throws Error when there is none, a mistake of ours */
function theme(variable: string): string {
  const value = new RegExp(`--${variable}: ([^;]+);`).exec(THEME_CSS)?.[1];
  if (value === undefined) throw new Error(`the theme has no --${variable}`);
  return value;
}

function pixels(rem: string): string {
  return `${Number.parseFloat(rem) * PIXELS_PER_REM}px`;
}
