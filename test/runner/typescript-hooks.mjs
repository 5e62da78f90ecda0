/** Hooks of Node.js by which it loads TypeScript, and `./x.js` from `./x.ts` as the compiler does. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from '@swc/core';

const JEST_GLOBALS = new URL('jest-globals.mjs', import.meta.url).href;
const TYPESCRIPT = /\.tsx?(\?|$)/;

const COMPILER = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', tsx: true, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic', importSource: 'preact' } },
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
  swcrc: false,
};

export async function resolve(specifier, context, next) {
  if (specifier === '@jest/globals') return { url: JEST_GLOBALS, shortCircuit: true };
  return sourceOf(specifier, context.parentURL) ?? next(specifier, context);
}

/** The TypeScript file behind the name of a compiled one, or null. */
function sourceOf(specifier, parent = '') {
  if (!/^\.{1,2}\/.*\.js$/.test(specifier) || !TYPESCRIPT.test(parent)) return null;
  const stem = new URL(specifier, parent).href.slice(0, -'.js'.length);
  const url = [`${stem}.ts`, `${stem}.tsx`].find((candidate) => existsSync(fileURLToPath(candidate)));
  return url === undefined ? null : { url, format: 'module', shortCircuit: true };
}

export async function load(url, context, next) {
  if (!TYPESCRIPT.test(url)) return next(url, context);
  const filename = fileURLToPath(url);
  const { code } = await transform(await readFile(filename, 'utf8'), { ...COMPILER, filename });
  return { format: 'module', source: code, shortCircuit: true };
}
