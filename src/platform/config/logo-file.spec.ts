import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LARGEST_LOGO, readLogo } from './logo-file.js';

describe('readLogo', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chartkey-logo-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const read = (content: string | Buffer): { type: string | undefined; mistakes: string[] } => {
    const path = join(folder, 'logo');
    writeFileSync(path, content);
    const mistakes: string[] = [];
    return { type: readLogo(path, mistakes)?.contentType, mistakes };
  };

  it.each([
    ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
    ['\uFEFF<?xml version="1.0"?>\n<!-- drawn -->\n<svg></svg>', 'image/svg+xml'],
    [Buffer.from('89504e470d0a1a0a0000', 'hex'), 'image/png'],
    [Buffer.from('ffd8ffe000104a46', 'hex'), 'image/jpeg'],
  ])('tells by its content what %j is', (content, type) => {
    expect(read(content)).toEqual({ type, mistakes: [] });
  });

  it.each(['', '<html><svg></svg></html>', 'GIF89a', '<svgx>', Buffer.from('8950', 'hex')])('refuses %j', (content) => {
    expect(read(content)).toEqual({ type: undefined, mistakes: ['CHARTKEY_LOGO_FILE must be an SVG, PNG or JPEG picture'] });
  });

  it('refuses what would make pages heavy, and what is not there', () => {
    expect(read(`<svg>${' '.repeat(LARGEST_LOGO)}`).mistakes).toEqual([`CHARTKEY_LOGO_FILE must have at most ${LARGEST_LOGO} bytes`]);
    const mistakes: string[] = [];
    expect(readLogo(join(folder, 'none'), mistakes)).toBeNull();
    expect(mistakes).toEqual(['CHARTKEY_LOGO_FILE cannot be read']);
  });
});
