/** Verifies a bcrypt hash again and again on all cores, and prints how often in a second. Arguments: cost, seconds. */
import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/bcrypt';

const [cost, seconds] = process.argv.slice(2).map(Number);
const password = 'Clinic#Demo1';
const stored = await hash(password, { cost, version: '2y' });
const begun = performance.now();
const end = begun + seconds * 1000;
let done = 0;
const worker = async () => {
  for (; performance.now() < end; done += 1) await verify(password, stored);
};
await Promise.all(Array.from({ length: availableParallelism() }, worker));
console.log((done / (performance.now() - begun)) * 1000);
