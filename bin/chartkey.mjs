#!/usr/bin/env node
import { existsSync } from 'node:fs';

const program = new URL('../dist/bundle/chartkey.mjs', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('Chartkey is not built yet: run `npm run build` first, or `npm start`, which does it for you.');
  process.exitCode = 2;
}
