import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the product, as the architecture tests read it. */
export interface SourceFile {
  /** Path below the project's root, with forward slashes: `src/tokens/tokens.module.ts`. */
  readonly path: string;
  readonly text: string;
  /** The module it belongs to: the folder below `src`, empty for files beside the folders. */
  readonly folder: string;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Every TypeScript file of `src` that is part of the product, tests left out. */
export function readSourceFiles(): SourceFile[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => name.split(sep).join('/'))
    .filter((name) => /\.tsx?$/.test(name) && !/\.spec\.tsx?$/.test(name))
    .sort()
    .map((name) => ({
      path: `src/${name}`,
      text: readFileSync(join(ROOT, 'src', name), 'utf8'),
      folder: name.includes('/') ? (name.split('/', 1)[0] ?? '') : '',
    }));
}

/** A file of the project, by its path below the root. */
export function readProjectFile(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** Where something is, for a person who reads a failure: `src/a.ts:12`. */
export function placeOf(file: SourceFile, index: number): string {
  return `${file.path}:${file.text.slice(0, index).split('\n').length}`;
}

/** The rows of every Markdown table of a text, cell by cell, without heads and rules. */
export function markdownRows(text: string): string[][] {
  const lines = text.split('\n').map((line) => line.trim());
  const isRule = (line: string | undefined): boolean => line !== undefined && /^\|[\s:|-]+\|$/.test(line);
  return lines
    .filter((line, at) => line.startsWith('|') && !isRule(line) && !isRule(lines[at + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim()),
    );
}
