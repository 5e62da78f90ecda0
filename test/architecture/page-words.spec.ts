import { LANGUAGES } from '../../src/platform/i18n/languages.js';
import { renderPage } from '../../src/platform/web/render-page.js';
import { frameIn } from '../support/page-frames.js';
import { hardCodedText, PSEUDO } from '../support/pseudo-locale.js';
import { SAMPLE_BRANDING, SAMPLE_PAGES } from '../support/sample-pages.js';
import { readSourceFiles } from '../support/source-files.js';

const SAMPLES = Object.entries(SAMPLE_PAGES).map(([name, make]) => ({ name, make }));

describe('The words of pages', () => {
  it('are tried on a sample of every page', () => {
    const pages = readSourceFiles()
      .filter(({ path }) => path.endsWith('.view.tsx'))
      .flatMap(({ text }) => [...text.matchAll(/^export function (\w+Page)\(/gm)].map(([, name = '']) => name));
    const sampled = new Set(Object.keys(SAMPLE_PAGES).map((name) => name.split(' ')[0] ?? ''));
    expect(pages.filter((name) => !sampled.has(name)).sort()).toEqual([]);
  });

  it.each(SAMPLES)('of $name all come from a catalogue', ({ make }) => {
    expect(hardCodedText(renderPage(make(frameIn(PSEUDO.tag, SAMPLE_BRANDING, '/here'))))).toEqual([]);
  });

  it.each(SAMPLES)('of $name fill every gap, in every language', ({ make }) => {
    for (const { tag, direction } of LANGUAGES) {
      const html = renderPage(make(frameIn(tag, SAMPLE_BRANDING, '/here')));
      expect(html).toContain(`<html lang="${tag}" dir="${direction}">`);
      expect(html).not.toMatch(/\{\w+\}|undefined|\[object|NaN/);
    }
  });
});

describe('hardCodedText', () => {
  it('finds text and attributes that were written in a view', () => {
    const html = '<meta content="x y"/><p title="plain">⟦ŵóŕđ⟧</p><p>Plain <code>plain</code></p><a lang="de">Deutsch</a>';
    expect(hardCodedText(html)).toEqual(['Plain ', 'x y', 'plain']);
  });
});
