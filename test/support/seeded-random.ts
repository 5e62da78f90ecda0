import { createHash } from 'node:crypto';
import { Random } from '../../src/platform/ambient/random.js';

/** The same values in the same order each time: SHA-256 of seed and counter. */
export class SeededRandom extends Random {
  private counter = 0;

  constructor(private readonly seed = 'chartkey') {
    super();
  }

  bytes(length: number): Buffer {
    const blocks: Buffer[] = [];
    for (let have = 0; have < length; have += 32) blocks.push(createHash('sha256').update(`${this.seed}/${this.counter++}`).digest());
    return Buffer.concat(blocks).subarray(0, length);
  }
}
