/**
 * Puts the compiled program and the packages it uses into one file. Loading some two thousand files one by one is most of what a start
 * takes; one file takes about half as long. Everything is compiled and checked before: this only joins.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { withNativeNames } from './native-names.mjs';

const BUNDLE = 'dist/bundle/chartkey.mjs';

/** Loaded from node_modules as ever: native code, and packages that look for files of their own beside them. */
const APART = ['libsql', '@node-rs/*', 'mysql2', 'ioredis', 'pino', 'pino-pretty', 'swagger-ui-dist', '@fastify/static'];

/** Packages import others that need not be there (other databases, other transports); those stay imports, and fail only where they are used. */
const optionalImports = {
  name: 'optional-imports',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./]/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
      if (pluginData === 'asked' || kind === 'entry-point') return undefined;
      const found = await bundler.resolve(path, { importer, kind, resolveDir, pluginData: 'asked' });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** What CommonJS packages expect to find around them. */
const COMMONJS_GLOBALS = `
import { createRequire as createRequireOfBundle } from 'node:module';
import { dirname as dirnameOfBundle } from 'node:path';
import { fileURLToPath as pathOfBundle } from 'node:url';
const require = createRequireOfBundle(import.meta.url);
const __filename = pathOfBundle(import.meta.url);
const __dirname = dirnameOfBundle(__filename);
`;

await build({
  entryPoints: ['dist/cli/main.js'],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  mainFields: ['module', 'main'],
  keepNames: true, // names of classes become names of schemas in the OpenAPI document
  external: APART,
  plugins: [optionalImports],
  banner: { js: COMMONJS_GLOBALS },
  sourcemap: 'linked',
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
});

writeFileSync(BUNDLE, withNativeNames(readFileSync(BUNDLE, 'utf8')));
