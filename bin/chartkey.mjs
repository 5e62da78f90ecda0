#!/usr/bin/env node
import { existsSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';

// What requests leave behind is collected when the heap has grown by a fifth. By default it may grow to several times its size first where the
// machine has much memory: the process would take twice as much, and answer no faster (docs/benchmarks.md).
setFlagsFromString('--heap-growing-percent=20');

const program = new URL('../dist/bundle/chartkey.mjs', import.meta.url);
if (existsSync(program)) {
  await import(program.href);
} else {
  console.error('Chartkey is not built yet: run `npm run build` first, or `npm start`, which does it for you.');
  process.exitCode = 2;
}
