import type { Words } from '../platform/i18n/words.js';
import { deviceOf } from './device.js';

/** A device in words: `Firefox on Windows`. @param userAgent as it was stored */
export function deviceWords(words: Words, userAgent: string | null): string {
  const { browser, system } = deviceOf(userAgent);
  if (browser !== null && system !== null) return words.say('accountSessions.device', { browser, system });
  return browser ?? system ?? words.say('accountSessions.unknown');
}
