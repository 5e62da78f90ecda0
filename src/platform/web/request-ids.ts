import type { RandomBytes } from '../ambient/random.js';

const BYTES = 9;
/** Drawn at once: chance costs by the call. An id is no secret, so that it may lie ready. */
const DRAWN = 256;

/** @returns gives the next id: 12 characters of base64url, unlike every other one */
export function requestIds(random: RandomBytes): () => string {
  let drawn: Buffer = Buffer.alloc(0);
  let at = 0;
  return () => {
    if (at >= drawn.length) {
      drawn = random.bytes(BYTES * DRAWN);
      at = 0;
    }
    return drawn.toString('base64url', at, (at += BYTES));
  };
}
