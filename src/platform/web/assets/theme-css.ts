/** Colours and measures, light and dark. Text pairs reach a contrast of 4.5:1, borders of controls 3:1 (WCAG 2.2 §1.4.3, §1.4.11). */
export const THEME_CSS = `
:root {
  color-scheme: light dark;
  --canvas: #eef3f6;
  --surface: #ffffff;
  --sunken: #f5f8fa;
  --text: #16242c;
  --muted: #4b5f6b;
  --line: #d5dfe5;
  --control: #6a7e8b;
  --accent: #0b5f7d;
  --accent-strong: #084a62;
  --accent-soft: #e3f1f6;
  --on-accent: #ffffff;
  --danger: #a11b16;
  --danger-soft: #fdeeed;
  --change: #8a4b00;
  --ribbon: #ffe3a3;
  --on-ribbon: #4a3300;
  --shadow: 0 1px 2px rgb(16 42 55 / 8%), 0 8px 28px rgb(16 42 55 / 9%);
  --radius: 0.5rem;
  --target: 2.875rem;
  --font: system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif;
  --mono: ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --canvas: #0e161b;
    --surface: #17222a;
    --sunken: #1d2a33;
    --text: #e7eef2;
    --muted: #a9bbc6;
    --line: #2f404b;
    --control: #7f95a3;
    --accent: #74c6e2;
    --accent-strong: #a3dcef;
    --accent-soft: #143542;
    --on-accent: #06212c;
    --danger: #ffb0a8;
    --danger-soft: #3d1b1a;
    --change: #f0b878;
    --ribbon: #4a3a10;
    --on-ribbon: #ffe3a3;
    --shadow: 0 1px 2px rgb(0 0 0 / 40%), 0 8px 28px rgb(0 0 0 / 35%);
  }
}
`;
