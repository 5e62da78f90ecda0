import { Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';

/** The only source of chance, so that tests can repeat themselves. Everything it gives is fit for keys and secrets. */
export abstract class Random {
  /**
   * @param count number of bytes, 0 or more
   * @returns unpredictable bytes in a buffer of their own
   */
  abstract bytes(count: number): Buffer;

  /**
   * @param bytes how much chance goes in; the text is a third longer
   * @returns base64url without padding
   */
  token(bytes: number): string {
    return this.bytes(bytes).toString('base64url');
  }

  /**
   * @param bytes how much chance goes in; the text is twice as long
   * @returns lower-case hex
   */
  hex(bytes: number): string {
    return this.bytes(bytes).toString('hex');
  }
}

/** `A-Z`, `a-z` and `0-9`. */
export const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** What a function needs that draws bytes and nothing else. */
export type RandomBytes = Pick<Random, 'bytes'>;

/** The operating system's generator. */
@Injectable()
export class SystemRandom extends Random {
  override bytes(count: number): Buffer {
    return randomBytes(count);
  }
}

/**
 * Draws a text in which every character of the alphabet is equally likely at every place.
 * @param alphabet 2 to 256 different characters
 * @param length in characters
 */
export function randomText(random: RandomBytes, alphabet: string, length: number): string {
  const fair = 256 - (256 % alphabet.length); // bytes beyond the last full round would favour the first characters
  let text = '';
  while (text.length < length) {
    for (const byte of random.bytes(length - text.length)) {
      if (byte < fair) text += alphabet.charAt(byte % alphabet.length);
    }
  }
  return text;
}
