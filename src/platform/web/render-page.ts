import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';

/**
 * Renders a page to the text that is sent as `text/html; charset=utf-8`. Every value in it has been escaped by the renderer.
 * @param page a whole document, as `Layout` makes it
 * @returns HTML with its doctype, without which browsers fall back to quirks mode
 */
export function renderPage(page: VNode): string {
  return `<!DOCTYPE html>${renderToString(page)}`;
}
